"""A row is cut out instead of a column, and the cut is empty for the last one."""

from torch import Tensor

function = "column"
codes = ("DIM", "EDGE")


def column(features: Tensor, j: int) -> Tensor:
    return features[j : j + 1]
