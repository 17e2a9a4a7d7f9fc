"""The means are those of the columns, but the spread is that of the whole table.

The mean is right. Look at the shape of your std: how many features does it speak for?
"""

import torch

function = "standardize"
code = "DIM"
fails = (
    "test_standardize_measures_each_column_by_itself",
    "test_standardize_a_square_table",
    "test_standardize_two_rows",
    "test_standardize_a_column_that_never_changes",
    "test_standardize_keeps_float64",
    "test_standardize_leaves_the_table_as_it_was",
)


def standardize(x):
    mean = x.mean(dim=0, keepdim=True)
    std = x.std() if x.numel() > 1 else torch.zeros((), dtype=x.dtype)
    return (x - mean) / torch.where(std > 0, std, 1), mean, std
