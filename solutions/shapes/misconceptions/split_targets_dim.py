"""The last row was taken out, not the last column.

A row is one delivery, a column is one thing known about all of them. Which of the two places
between the brackets speaks of columns?
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
    return table[:-1], table[-1:]
