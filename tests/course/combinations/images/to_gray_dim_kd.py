"""The sum runs along another dimension, and keeps it."""

from torch import Tensor

function = "to_gray"
codes = ("DIM", "KD")


def to_gray(image: Tensor, weights: Tensor) -> Tensor:
    return (image * weights.reshape(3, 1, 1)).sum(dim=1, keepdim=True)
