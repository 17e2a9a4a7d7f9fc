"""The squares are added up but not divided by anything.

The spread of a column should not grow because there are more rows. By what do you divide the sum
of the squares before you take the root?
"""

import torch

function = "standardize"
code = "SUM"
fails = (
    "test_standardize_measures_each_column_by_itself",
    "test_standardize_a_square_table",
    "test_standardize_a_column_that_never_changes",
    "test_standardize_keeps_float64",
    "test_standardize_leaves_the_table_as_it_was",
    "test_standardize_brings_miles_and_hours_together",
)


def standardize(x):
    mean = x.mean(dim=0, keepdim=True)
    std = ((x - mean) ** 2).sum(dim=0, keepdim=True).sqrt()
    return (x - mean) / torch.where(std > 0, std, 1), mean, std
