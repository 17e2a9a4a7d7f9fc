"""Chained comparisons, and ten and seven o'clock still count."""

from torch import Tensor

function = "rush_hour"
codes = ("CHAIN", "EDGE")


def rush_hour(hour: Tensor, is_weekend: Tensor) -> Tensor:
    rush = (8 <= hour <= 10) | (16 <= hour <= 19)
    return (rush & (is_weekend == 0)).float()
