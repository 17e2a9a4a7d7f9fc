"""The other dimension is summed, and what is left fits back onto the wrong one."""

import torch
from torch import Tensor

function = "softmax"
codes = ("DIM", "KD")


def softmax(x: Tensor, dim: int) -> Tensor:
    e = torch.exp(x - x.amax(dim=1 - dim))
    return e / e.sum(dim=1 - dim)
