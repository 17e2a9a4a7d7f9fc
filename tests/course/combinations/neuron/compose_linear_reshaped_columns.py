"""The product is reshaped where it should be turned, and the biases become a square."""

from torch import Tensor

function = "compose_linear"
codes = ("RSH", "COL")


def compose_linear(w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> tuple[Tensor, Tensor]:
    w = (w1.T @ w2.T).reshape(w2.shape[0], w1.shape[1])
    return w, w2 @ b1[:, None] + b2
