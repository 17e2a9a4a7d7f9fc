"""The squares are divided by N, and a column without spread gives NaN.

Two ways to take a standard deviation differ in one: the sum of the squares is divided by N, or by
N - 1. Which of them does the docstring ask for? With two rows you can tell them apart by hand.
"""

function = "standardize"
code = "EDGE"
fails = (
    "test_standardize_measures_each_column_by_itself",
    "test_standardize_a_square_table",
    "test_standardize_two_rows",
    "test_standardize_a_column_that_never_changes",
    "test_standardize_keeps_float64",
    "test_standardize_leaves_the_table_as_it_was",
    "test_standardize_brings_miles_and_hours_together",
    "test_standardize_a_single_row",
)


def standardize(x):
    mean = x.mean(dim=0, keepdim=True)
    std = x.std(dim=0, keepdim=True, correction=0)
    return (x - mean) / std, mean, std
