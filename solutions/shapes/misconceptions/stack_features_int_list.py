"""Where all numbers are whole, the table becomes one of integers.

With decimals it works. What type does torch choose for a list in which every number is whole, and
how can you ask for another?
"""

import torch

function = "stack_features"
code = "INT"
fails = ("test_stack_features_whole_numbers_become_float32",)


def stack_features(distance, hour, weather):
    return torch.tensor([distance.tolist(), hour.tolist(), weather.tolist()]).T
