"""The sum runs down the rows, and the weights are cut off from the graph."""

from torch import Tensor

function = "neuron_multi"
codes = ("DIM", "DET")


def neuron_multi(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return (x * w.detach()).sum(dim=0).unsqueeze(1) + b
