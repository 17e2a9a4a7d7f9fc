"""Hours and weather have lost their decimals: both were taken for whole numbers.

What the docstring's example holds is not all that may come. Which of the three may be given with
decimals?
"""

import torch

function = "stack_features"
code = "INT"
fails = (
    "test_stack_features_puts_each_feature_into_its_column",
    "test_stack_features_of_mixed_types",
    "test_stack_features_of_float64_become_float32",
)


def stack_features(distance, hour, weather):
    return torch.stack([distance.float(), hour.int().float(), weather.int().float()], dim=1)
