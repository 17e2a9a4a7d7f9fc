"""Features go down and deliveries go across, and the type is whatever came in.

Read your shape aloud: how many deliveries does it say there are? Which argument says where the new
dimension goes? Then look at the type of the table.
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
    return torch.stack([distance, hour, weather])
