"""Arithmetic that comes out the same twice, and the start of a device that it is done on.

Both sides come here: a worker's server before it loads a submission, and the trusted process before
it asks the reference. What they set is the same, or their answers could not be compared.
"""

from __future__ import annotations

import os
import random
from collections.abc import Collection
from typing import Final

import numpy.random
import torch

SURROUNDINGS: Final = {
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
    "CUDA_CACHE_DISABLE": "1",
}
"""Read once by the driver's libraries as they start: a fixed order of sums, no cache on disk."""

_NUMPY_SEEDS: Final = 1 << 32
_OF_DEVICE: Final = frozenset({"OutOfMemoryError", "AcceleratorError"})


def settle(device: torch.device, memory_fraction: float | None = None) -> None:
    """Make this process ready for a device: its context, and arithmetic without shortcuts.

    TF32 is off, algorithms are deterministic where torch has such, and memory that is not written
    yet holds NaN, never what somebody left there. Nothing happens on the CPU, which needs none of
    it.

    Args:
        device: The device. A CUDA one costs its context here, about a second.
        memory_fraction: What torch may take of a GPU's memory, from 0 to 1.

    Raises:
        RuntimeError: The device does not start.
    """
    if device.type == "cpu":
        return
    os.environ.update(SURROUNDINGS)
    torch.use_deterministic_algorithms(mode=True, warn_only=True)
    torch.utils.deterministic.fill_uninitialized_memory = True  # type: ignore[attr-defined]
    if device.type == "cuda":
        torch.backends.cuda.matmul.allow_tf32 = False
        torch.backends.cuda.matmul.allow_fp16_reduced_precision_reduction = False
        torch.backends.cuda.matmul.allow_bf16_reduced_precision_reduction = False
        torch.backends.cudnn.allow_tf32 = False
        torch.backends.cudnn.benchmark = False
        torch.backends.cudnn.deterministic = True
        torch.cuda.set_device(device)
        if memory_fraction is not None:
            torch.cuda.set_per_process_memory_fraction(min(1.0, memory_fraction), device)
    # The context, the library for products, and a kernel: paid for here and not by a student.
    matrix = torch.ones(2, 2, device=device)
    (matrix @ matrix).sum()
    synchronize(device)


def practise(device: torch.device, *, has_gradient: bool = True) -> None:
    """Take one tiny training step, for which torch imports half of itself the first time.

    Args:
        device: Where.
        has_gradient: Whether to compute the gradient, too. The first one asks every device that
            torch was built for how many there are: it starts CUDA's driver in this process, and
            whoever is forked from it is given the same answer for good.
    """
    model = torch.nn.Linear(1, 1, device=device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loss = model(torch.ones(2, 1, device=device)).sum()
    if has_gradient:
        loss.backward()
    else:
        for parameter in model.parameters():
            parameter.grad = torch.zeros_like(parameter)
    optimizer.step()
    optimizer.zero_grad()


def synchronize(device: torch.device) -> None:
    """Wait until a device has done all that it was asked; a CPU has."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def is_of_device(kinds: Collection[str], message: str) -> bool:
    """Whether an exception says that the device failed, not what ran on it.

    Args:
        kinds: The names of its class and of those above.
        message: What it says.
    """
    return not _OF_DEVICE.isdisjoint(kinds) or "CUDA error" in message


def seed_all(seed: int) -> None:
    """Seed every generator that code of a course draws from.

    torch.manual_seed would do for torch, and formats a stack trace for each absent device.
    """
    torch.default_generator.manual_seed(seed)
    if torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        torch.cuda.manual_seed_all(seed)
    random.seed(seed)
    numpy.random.seed(seed % _NUMPY_SEEDS)  # noqa: NPY002 - the one that students draw from
