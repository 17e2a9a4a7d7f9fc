"""The answer has the type of the hours, and these may be whole numbers.

`zeros_like` copies more than the shape. What else, and what type was asked for?
"""

import torch

function = "rush_hour"
code = "INT"
fails = ("test_rush_hour_is_float32_whatever_comes_in",)


def rush_hour(hour, is_weekend):
    result = torch.zeros_like(hour)
    rush = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    result[rush & (is_weekend == 0)] = 1
    return result
