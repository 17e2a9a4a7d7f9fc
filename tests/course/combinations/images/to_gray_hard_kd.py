"""The mean of the channels, whatever the weights, with an empty dimension left over."""

from torch import Tensor

function = "to_gray"
codes = ("HARD", "KD")


def to_gray(image: Tensor, weights: Tensor) -> Tensor:  # noqa: ARG001 - ignoring them is one of the mistakes
    return image.mean(dim=0, keepdim=True)
