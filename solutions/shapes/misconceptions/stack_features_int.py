"""The type is whatever came in: whole numbers stay integers, and float64 stays float64.

With decimals of type float32 all is well, so this is easy to miss. Which type do the weights of a
network have, and who asks for it?
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
    return torch.stack([distance, hour, weather], dim=1)
