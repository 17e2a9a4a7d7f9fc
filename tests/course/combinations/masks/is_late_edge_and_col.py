"""Exactly the limit counts as late, and a single delivery loses both dimensions."""

from torch import Tensor

function = "is_late"
codes = ("EDGE", "COL")


def is_late(minutes: Tensor, limit: float = 30.0) -> Tensor:
    return (minutes >= limit).squeeze()
