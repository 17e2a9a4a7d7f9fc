"""A column without spread is said to have a std of 1.

To divide by 1 is a fine way out. But what is handed back as the std, and what does the docstring
say about a column whose numbers are all the same?
"""

import torch

function = "standardize"
code = "EDGE"
fails = ("test_standardize_a_column_that_never_changes", "test_standardize_a_single_row")


def standardize(x):
    mean = x.mean(dim=0, keepdim=True)
    std = x.std(dim=0, keepdim=True) if len(x) > 1 else torch.zeros_like(mean)
    std[std == 0] = 1
    return (x - mean) / std, mean, std
