"""Mean and std have lost a dimension: [F] instead of [1, F].

The table itself is right. Mean and std are asked for as a row above it, and a row is a table of
one row. How many dimensions have yours? On the way a dimension of size 1 can be kept in its place.
"""

import torch

function = "standardize"
code = "KD"
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
    mean = x.mean(dim=0)
    std = x.std(dim=0) if len(x) > 1 else torch.zeros_like(mean)
    return (x - mean) / torch.where(std > 0, std, 1), mean, std
