"""The targets are flat: N numbers without a column.

An index takes one column and drops the dimension; a slice keeps it. A column of predictions minus
a flat tensor is a square. How many dimensions have your targets?
"""

function = "split_targets"
code = "COL"
fails = (
    "test_split_targets_takes_the_last_column_out",
    "test_split_targets_of_a_single_delivery",
    "test_split_targets_keeps_the_type",
    "test_split_targets_leaves_the_table_alone",
)


def split_targets(table):
    return table[:, :-1], table[:, -1]
