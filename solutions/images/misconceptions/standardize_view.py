"""All three answers are right, but the table that was handed in has changed.

The caller's own table is gone. Which line writes into `x`? `-=`, `/=` and methods whose names end
in an underscore change what a tensor holds.
"""

import torch

function = "standardize"
code = "VIEW"
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
    std = x.std(dim=0, keepdim=True) if len(x) > 1 else torch.zeros_like(mean)
    x -= mean
    x /= torch.where(std > 0, std, 1)
    return x, mean, std
