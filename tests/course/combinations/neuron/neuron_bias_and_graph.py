"""The bias is left out, and the weight is taken out of the graph."""

from torch import Tensor

function = "neuron"
codes = ("BIAS", "DET")


def neuron(x: Tensor, w: Tensor, b: Tensor) -> Tensor:  # noqa: ARG001
    return float(w) * x
