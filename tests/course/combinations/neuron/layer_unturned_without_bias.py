"""The weights are not turned, and the biases are left out."""

from torch import Tensor

function = "layer"
codes = ("DIM", "BIAS")


def layer(x: Tensor, w: Tensor, b: Tensor) -> Tensor:  # noqa: ARG001
    return x @ w
