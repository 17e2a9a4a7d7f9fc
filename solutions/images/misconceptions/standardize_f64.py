"""The answers are in float64, whatever came in.

The weights of a network are float32, and a float64 table would be refused by the first layer.
Which line brought float64 in?
"""

import torch

function = "standardize"
code = "F64"
fails = (
    "test_standardize_measures_each_column_by_itself",
    "test_standardize_a_square_table",
    "test_standardize_two_rows",
    "test_standardize_a_column_that_never_changes",
    "test_standardize_a_single_row",
    "test_standardize_leaves_the_table_as_it_was",
)


def standardize(x):
    x = x.double()
    mean = x.mean(dim=0, keepdim=True)
    std = x.std(dim=0, keepdim=True) if len(x) > 1 else torch.zeros_like(mean)
    return (x - mean) / torch.where(std > 0, std, 1), mean, std
