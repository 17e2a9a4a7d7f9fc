"""A single delivery loses both dimensions of its mask, and exactly the limit counts as late."""

from torch import Tensor

function = "select_late"
codes = ("COL", "EDGE")


def select_late(features: Tensor, minutes: Tensor, limit: float) -> Tensor:
    return features[(minutes >= limit).squeeze()]
