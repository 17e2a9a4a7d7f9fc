"""The targets stand in one row: a single example with N targets.

There is one target for each delivery. Read the shape of your targets aloud: how many deliveries
does it say there are? Where does the new dimension go?
"""

function = "split_targets"
code = "COL"
fails = (
    "test_split_targets_takes_the_last_column_out",
    "test_split_targets_keeps_the_type",
    "test_split_targets_leaves_the_table_alone",
)


def split_targets(table):
    return table[:, :-1], table[:, -1].unsqueeze(0)
