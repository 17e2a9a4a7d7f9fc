"""The column of targets was squeezed flat, and with a single delivery even its row is gone.

`squeeze` drops every dimension of length 1, wanted or not. Which of them did you want to lose, if
any?
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
    return table[:, :-1], table[:, -1:].squeeze()
