"""The input is overwritten, and the answer is handed back in double precision."""

from torch import Tensor

function = "relu"
codes = ("VIEW", "F64")


def relu(x: Tensor) -> Tensor:
    x[x < 0] = 0
    return x.double()
