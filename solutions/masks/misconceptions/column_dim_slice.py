"""A row is cut out of the table, not a column.

The first index of a table counts its rows, the second its columns. Which of the two did you give?
"""

function = "column"
code = "DIM"
fails = (
    "test_column_stays_a_column",
    "test_column_counts_from_the_end",
    "test_column_of_a_square_table",
    "test_column_of_a_narrow_table",
    "test_column_keeps_its_type",
)


def column(features, j):
    return features[[j]]
