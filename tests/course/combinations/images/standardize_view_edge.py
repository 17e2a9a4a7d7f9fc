"""Done in the table that was handed in, with nothing done about NaN."""

from torch import Tensor

function = "standardize"
codes = ("VIEW", "EDGE")


def standardize(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    mean = x.mean(dim=0, keepdim=True)
    std = x.std(dim=0, keepdim=True)
    x -= mean
    x /= std
    return x, mean, std
