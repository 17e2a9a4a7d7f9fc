"""How far floats may differ, by data type and by device: one table.

A GPU adds up in another order than a CPU and has other instructions for exp and its kin. TF32 and
algorithms that differ from run to run are off (`grader.worker.numerics`), so its rows are a little
wider than those of the CPU and not more. They were chosen by reasoning, not yet by measuring;
`docs/gpu.md` says how to measure them.
"""

from __future__ import annotations

from typing import Final

import msgspec
import torch


class Tolerance(msgspec.Struct, frozen=True):
    """How far floats may differ: |got - expected| ≤ absolute + relative · |expected|."""

    relative: float
    absolute: float


_CPU: Final = {
    torch.float64: Tolerance(1e-7, 1e-9),
    torch.float32: Tolerance(1e-4, 1e-5),
    torch.float16: Tolerance(1e-2, 1e-3),
    torch.bfloat16: Tolerance(2e-2, 1e-2),
    torch.complex64: Tolerance(1e-4, 1e-5),
    torch.complex128: Tolerance(1e-7, 1e-9),
}
TOLERANCES: Final = {
    "cpu": _CPU,
    "cuda": _CPU
    | {
        torch.float32: Tolerance(2e-4, 2e-5),
        torch.float16: Tolerance(2e-2, 2e-3),
        torch.bfloat16: Tolerance(4e-2, 2e-2),
        torch.complex64: Tolerance(2e-4, 2e-5),
    },
    # No float64 there, and faster functions that are less exact.
    "mps": _CPU
    | {
        torch.float32: Tolerance(1e-3, 1e-4),
        torch.float16: Tolerance(2e-2, 2e-3),
        torch.bfloat16: Tolerance(4e-2, 2e-2),
        torch.complex64: Tolerance(1e-3, 1e-4),
    },
}
"""By device and data type; a device that is not named is as exact as a CPU."""

NUMBER: Final = Tolerance(1e-4, 1e-6)
"""For Python floats: they usually come out of float32 arithmetic."""


def tolerance_of(dtype: torch.dtype, device: torch.device) -> Tolerance:
    """The tolerance for numbers of a floating or complex type that were computed on a device."""
    return TOLERANCES.get(device.type, _CPU)[dtype]
