"""Each row is measured by itself, where each column should be.

Which numbers belong to one mean: those of one order, or those of one feature? The dimension you
name is the one that disappears.
"""

import torch

function = "standardize"
code = "DIM"
fails = (
    "test_standardize_measures_each_column_by_itself",
    "test_standardize_a_square_table",
    "test_standardize_two_rows",
    "test_standardize_a_column_that_never_changes",
    "test_standardize_a_single_row",
    "test_standardize_keeps_float64",
    "test_standardize_leaves_the_table_as_it_was",
    "test_standardize_brings_miles_and_hours_together",
)


def standardize(x):
    mean = x.mean(dim=1, keepdim=True)
    std = x.std(dim=1, keepdim=True) if x.shape[1] > 1 else torch.zeros_like(mean)
    return (x - mean) / torch.where(std > 0, std, 1), mean, std
