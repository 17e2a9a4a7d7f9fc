"""Ten and seven o'clock still count, and the afternoon's rush is not kept to weekdays."""

from torch import Tensor

function = "rush_hour"
codes = ("EDGE", "PREC")


def rush_hour(hour: Tensor, is_weekend: Tensor) -> Tensor:
    weekday = is_weekend == 0
    rush = weekday & (hour >= 8) & (hour <= 10) | (hour >= 16) & (hour <= 19)
    return rush.float()
