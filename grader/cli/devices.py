"""The devices of a command: refused early if they are not there, shared while it runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from grader.device import Gpu

if TYPE_CHECKING:
    from grader.device.pool import GpuPool

gpu_jobs_option = click.option(
    "--gpu-jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="How many submissions at a time on one GPU.",
)


@contextmanager
def gpu_pool(gpus: Sequence[Gpu], jobs: int = 1) -> Iterator[GpuPool | None]:
    """The GPUs that a command's stations share; None where none is used.

    Args:
        gpus: What `resolve_device` gave.
        jobs: How many submissions at a time on one of them.
    """
    if not gpus:
        yield None
        return
    from grader.device.pool import GpuPool  # noqa: PLC0415  (nobody pays for it on the CPU)

    with GpuPool(gpus, jobs) as pool:
        yield pool
