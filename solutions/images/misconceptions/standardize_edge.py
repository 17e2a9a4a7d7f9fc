"""Where there is no spread, the division gives NaN.

Take a column that never changes, or a table of one row: how far apart are its numbers, and what is
0 / 0? Which of your answers would spoil everything computed with it later?
"""

function = "standardize"
code = "EDGE"
fails = ("test_standardize_a_column_that_never_changes", "test_standardize_a_single_row")


def standardize(x):
    mean = x.mean(dim=0, keepdim=True)
    std = x.std(dim=0, keepdim=True)
    return (x - mean) / std, mean, std
