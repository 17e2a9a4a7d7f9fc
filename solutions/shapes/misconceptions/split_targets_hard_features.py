"""The number of features is written into the code; other tables have another.

The lesson's deliveries have three features. Where would your function cut a table with one
feature, or with ten? Can you count from the other end?
"""

function = "split_targets"
code = "HARD"
fails = (
    "test_split_targets_takes_the_last_column_out",
    "test_split_targets_of_a_single_delivery",
    "test_split_targets_keeps_the_type",
    "test_split_targets_leaves_the_table_alone",
)


def split_targets(table):
    return table[:, :3], table[:, -1:]
