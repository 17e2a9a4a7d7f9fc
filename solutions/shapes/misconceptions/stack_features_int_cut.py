"""The decimals are gone: the numbers were made whole on the way to float32.

The type of the answer is right, and still half a mile is missing. Which conversion comes first in
your code, and what does it do to a half?
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
    return torch.stack([distance.long(), hour.long(), weather.long()], dim=1).float()
