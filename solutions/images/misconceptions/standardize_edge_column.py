"""A single row is looked after, but a column that never changes gives NaN.

A single row is not the only table without spread. What is the std of a column in which all numbers
are the same, and what happens when you divide by it?
"""

import torch

function = "standardize"
code = "EDGE"
fails = ("test_standardize_a_column_that_never_changes",)


def standardize(x):
    mean = x.mean(dim=0, keepdim=True)
    if len(x) == 1:
        return torch.zeros_like(x), mean, torch.zeros_like(mean)
    std = x.std(dim=0, keepdim=True)
    return (x - mean) / std, mean, std
