"""The three columns stand below one another and make a single column.

Each of the three is a column already. Should the next one go below it or beside it, and which
argument says so?
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
    columns = [feature.float().unsqueeze(1) for feature in (distance, hour, weather)]
    return torch.cat(columns)
