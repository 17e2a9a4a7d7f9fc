"""The table is float64, and a network's weights are float32.

Double precision doubles the memory of every layer, and the next one refuses to mix the two. Which
of your conversions brought it in?
"""

import torch

function = "stack_features"
code = "F64"
fails = (
    "test_stack_features_puts_each_feature_into_its_column",
    "test_stack_features_whole_numbers_become_float32",
    "test_stack_features_of_mixed_types",
    "test_stack_features_of_float64_become_float32",
    "test_stack_features_leaves_columns_of_another_table_alone",
)


def stack_features(distance, hour, weather):
    return torch.stack([distance.double(), hour.double(), weather.double()], dim=1)
