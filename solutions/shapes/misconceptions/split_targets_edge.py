"""One feature is lost: the features end one column too early.

A slice stops before the number it ends with. Which is the first column that must not be among the
features?
"""

function = "split_targets"
code = "EDGE"
fails = (
    "test_split_targets_takes_the_last_column_out",
    "test_split_targets_of_a_single_delivery",
    "test_split_targets_keeps_the_type",
    "test_split_targets_leaves_the_table_alone",
)


def split_targets(table):
    return table[:, :-2], table[:, -1:]
