"""Eight and four o'clock do not count, and the answer takes the type of the hours."""

import torch
from torch import Tensor

function = "rush_hour"
codes = ("EDGE", "INT")


def rush_hour(hour: Tensor, is_weekend: Tensor) -> Tensor:
    result = torch.zeros_like(hour)
    rush = ((hour > 8) & (hour < 10)) | ((hour > 16) & (hour < 19))
    result[rush & (is_weekend == 0)] = 1
    return result
