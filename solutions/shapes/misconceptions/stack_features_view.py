"""The table is right, but the features that were handed in have been changed on the way.

After your function has run, what shape and type has the tensor of distances for its owner? A
method whose name ends in an underscore changes the tensor it is called on, and so does an
assignment to `.data`.
"""

import torch

function = "stack_features"
code = "VIEW"
fails = (
    "test_stack_features_puts_each_feature_into_its_column",
    "test_stack_features_whole_numbers_become_float32",
    "test_stack_features_of_mixed_types",
    "test_stack_features_of_float64_become_float32",
    "test_stack_features_leaves_columns_of_another_table_alone",
)


def stack_features(distance, hour, weather):
    columns = [feature.unsqueeze_(1) for feature in (distance, hour, weather)]
    return torch.cat([column.float() for column in columns], dim=1)
