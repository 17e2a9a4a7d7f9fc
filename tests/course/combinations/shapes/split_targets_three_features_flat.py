"""The number of features is written into the code, and the targets are flat."""

from torch import Tensor

function = "split_targets"
codes = ("HARD", "COL")


def split_targets(table: Tensor) -> tuple[Tensor, Tensor]:
    return table[:, :3], table[:, 3]
