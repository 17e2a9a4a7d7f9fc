"""The bias is added to every feature, and the answer is flat."""

from torch import Tensor

function = "neuron_multi"
codes = ("BIAS", "COL")


def neuron_multi(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return (x * w + b).sum(dim=1)
