"""The type of the hours decides for all three, and may cut off decimals.

What becomes of half a mile when it is turned into the type of a whole hour? To which type do all
three have to go?
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
    return torch.stack([distance.to(hour.dtype), hour, weather.to(hour.dtype)], dim=1)
