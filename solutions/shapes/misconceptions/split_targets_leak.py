"""The answer is still among the features: the network is shown what it has to predict.

Such a network would be perfect in training and useless for a new order, whose minutes nobody
knows. How many columns are left when one is taken out?
"""

function = "split_targets"
code = "LEAK"
fails = (
    "test_split_targets_takes_the_last_column_out",
    "test_split_targets_of_a_single_delivery",
    "test_split_targets_keeps_the_type",
    "test_split_targets_leaves_the_table_alone",
)


def split_targets(table):
    return table, table[:, -1:]
