"""Both parts are right, but the table that was handed in is no longer what it was.

Print the table before and after the call. What is taken out need not be erased, and what is turned
can be a new tensor: which of your lines writes into the old one, or changes its shape?
"""

function = "split_targets"
code = "VIEW"
fails = (
    "test_split_targets_takes_the_last_column_out",
    "test_split_targets_of_a_single_delivery",
    "test_split_targets_keeps_the_type",
    "test_split_targets_leaves_the_table_alone",
)


def split_targets(table):
    targets = table[:, -1:].clone()
    table[:, -1] = 0
    return table[:, :-1], targets
