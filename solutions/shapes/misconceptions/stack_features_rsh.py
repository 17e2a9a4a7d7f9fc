"""The shape is right, but each row holds numbers of several deliveries.

The features lie one after the other, and cutting that into pieces of three does not turn it. Whose
distance, hour and weather stand in the first row?
"""

import torch

function = "stack_features"
code = "RSH"
fails = (
    "test_stack_features_puts_each_feature_into_its_column",
    "test_stack_features_whole_numbers_become_float32",
    "test_stack_features_of_mixed_types",
    "test_stack_features_of_float64_become_float32",
    "test_stack_features_leaves_columns_of_another_table_alone",
)


def stack_features(distance, hour, weather):
    return torch.stack([distance.float(), hour.float(), weather.float()]).reshape(-1, 3)
