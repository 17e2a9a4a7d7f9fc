"""The last row is taken out, and it is flat."""

from torch import Tensor

function = "split_targets"
codes = ("DIM", "COL")


def split_targets(table: Tensor) -> tuple[Tensor, Tensor]:
    return table[:-1], table[-1]
