"""The column has been laid down: one row of N numbers instead of N rows of one.

Print the shape of the table and the shape of your answer. A column is a table too: which of its
two dimensions has size 1, and which one has gone?
"""

function = "column"
code = "COL"
fails = (
    "test_column_stays_a_column",
    "test_column_counts_from_the_end",
    "test_column_of_a_square_table",
    "test_column_of_a_narrow_table",
    "test_column_keeps_its_type",
)


def column(features, j):
    return features[:, j].unsqueeze(0)
