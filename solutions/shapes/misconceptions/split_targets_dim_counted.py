"""The rows were counted to find the last column.

`len` of a table says how many deliveries there are. On a table with as many rows as columns that
is right by chance. What says how many columns there are, or do you need to know?
"""

function = "split_targets"
code = "DIM"
fails = (
    "test_split_targets_takes_the_last_column_out",
    "test_split_targets_of_a_single_delivery",
    "test_split_targets_keeps_the_type",
    "test_split_targets_leaves_the_table_alone",
)


def split_targets(table):
    last = len(table) - 1
    return table[:, :last], table[:, last:]
