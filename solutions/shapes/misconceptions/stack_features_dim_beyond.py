"""The code names a dimension that its tensors do not have.

Dimensions are counted from 0, and a flat tensor has only one. What shape has each of the three
before they are put together, and what shape should a column have?
"""

import torch

function = "stack_features"
code = "DIM"
fails = (
    "test_stack_features_puts_each_feature_into_its_column",
    "test_stack_features_whole_numbers_become_float32",
    "test_stack_features_of_mixed_types",
    "test_stack_features_of_float64_become_float32",
    "test_stack_features_leaves_columns_of_another_table_alone",
)


def stack_features(distance, hour, weather):
    return torch.cat([distance.float(), hour.float(), weather.float()], dim=1)
