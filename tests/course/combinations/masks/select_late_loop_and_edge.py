"""A Python loop that has nothing to stack, and exactly the limit counts as late."""

import torch
from torch import Tensor

function = "select_late"
codes = ("LOOP", "EDGE")


def select_late(features: Tensor, minutes: Tensor, limit: float) -> Tensor:
    rows = zip(features, minutes, strict=True)
    return torch.stack([row for row, time in rows if time >= limit])
