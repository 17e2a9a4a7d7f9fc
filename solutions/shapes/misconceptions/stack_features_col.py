"""All numbers are in one line: there are no columns, and so no rows either.

How many dimensions has your answer, and what does each of them count? Joining flat tensors makes
their one dimension longer. What does it take to get a second?
"""

import torch

function = "stack_features"
code = "COL"
fails = (
    "test_stack_features_puts_each_feature_into_its_column",
    "test_stack_features_whole_numbers_become_float32",
    "test_stack_features_of_mixed_types",
    "test_stack_features_of_float64_become_float32",
    "test_stack_features_leaves_columns_of_another_table_alone",
)


def stack_features(distance, hour, weather):
    return torch.cat([distance.float(), hour.float(), weather.float()])
