"""The type of the distances decides for the whole table, and may cut off decimals.

A table of integers takes half past five and keeps five. Which type should the table have before
anything is written into it?
"""

import torch

function = "stack_features"
code = "INT"
fails = (
    "test_stack_features_whole_numbers_become_float32",
    "test_stack_features_of_mixed_types",
    "test_stack_features_of_float64_become_float32",
)


def stack_features(distance, hour, weather):
    table = torch.zeros(len(distance), 3, dtype=distance.dtype)
    table[:, 0], table[:, 1], table[:, 2] = distance, hour, weather
    return table
