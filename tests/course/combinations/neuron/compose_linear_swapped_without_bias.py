"""The weights are multiplied in the wrong order, and the first bias is lost."""

from torch import Tensor

function = "compose_linear"
codes = ("DIM", "BIAS")


def compose_linear(w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> tuple[Tensor, Tensor]:  # noqa: ARG001
    return w1 @ w2, b2
