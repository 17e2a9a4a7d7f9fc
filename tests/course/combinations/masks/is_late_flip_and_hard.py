"""Those in time are called late, by the same limit whatever the caller says."""

from torch import Tensor

function = "is_late"
codes = ("FLIP", "HARD")


def is_late(minutes: Tensor, limit: float = 30.0) -> Tensor:  # noqa: ARG001
    return (minutes < 30.0).squeeze(1)
