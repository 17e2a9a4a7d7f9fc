"""The rush hour is on weekends, and the answer is a mask."""

from torch import Tensor

function = "rush_hour"
codes = ("FLIP", "INT")


def rush_hour(hour: Tensor, is_weekend: Tensor) -> Tensor:
    rush = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    return rush & (is_weekend == 1)
