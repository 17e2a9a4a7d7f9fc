"""The squares are added up, and the answer has left the graph."""

from torch import Tensor

function = "mse"
codes = ("SUM", "DET")


def mse(prediction: Tensor, target: Tensor) -> Tensor:
    return ((prediction - target) ** 2).sum().detach()
