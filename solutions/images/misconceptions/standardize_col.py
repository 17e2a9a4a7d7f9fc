"""Mean and std stand in a column, as if they belonged to the rows.

Where does each mean belong: beside a row, or above a column? Say the two shapes aloud, [F, 1] and
[1, F], and try a table that is not square.
"""

import torch

function = "standardize"
code = "COL"
fails = (
    "test_standardize_measures_each_column_by_itself",
    "test_standardize_a_square_table",
    "test_standardize_two_rows",
    "test_standardize_a_column_that_never_changes",
    "test_standardize_keeps_float64",
    "test_standardize_leaves_the_table_as_it_was",
)


def standardize(x):
    mean = x.mean(dim=0).unsqueeze(1)
    std = x.std(dim=0).unsqueeze(1) if len(x) > 1 else torch.zeros_like(mean)
    return (x - mean) / torch.where(std > 0, std, 1), mean, std
