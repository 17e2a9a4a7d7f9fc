"""The targets are flat, and wiped out of the table itself."""

from torch import Tensor

function = "split_targets"
codes = ("COL", "VIEW")


def split_targets(table: Tensor) -> tuple[Tensor, Tensor]:
    targets = table[:, -1].clone()
    table[:, -1] = 0
    return table[:, :-1], targets
