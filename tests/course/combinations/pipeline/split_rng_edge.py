"""Nobody asks for the seed, and the share is rounded."""

import torch
from torch import Tensor

function = "split"
codes = ("RNG", "EDGE")


def split(
    x: Tensor,
    y: Tensor,
    fraction: float,
    seed: int,  # noqa: ARG001
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    order = torch.randperm(len(x))
    count = round(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[train], y[train], x[test], y[test]
