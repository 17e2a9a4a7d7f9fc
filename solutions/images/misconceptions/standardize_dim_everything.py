"""One mean and one spread are taken of the whole table, not of each column.

How many means do you have, and how many features? Miles and hours have nothing to do with each
other, and a mean of both says nothing about either.
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
    mean, std = x.mean(), x.std()
    return (x - mean) / torch.where(std > 0, std, 1), mean, std
