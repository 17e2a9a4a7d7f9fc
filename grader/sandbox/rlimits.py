"""Resource limits of the kernel: memory, processes, files, time.

They hold for each process by itself; what a worker's processes use together is watched from
outside, see `lifetime` and `memory`.
"""

from __future__ import annotations

import math
import os
import resource
from collections.abc import Container
from contextlib import suppress
from typing import Final

from grader.records import Limits

LEAST_MEMORY: Final = 256 << 20
"""A warmed torch takes one training step in much less; below it nothing honest can run."""

_STACK: Final = 8 << 20
_DESCRIPTORS: Final = 64
_GPU_DESCRIPTORS: Final = 1024
_GPU_THREADS: Final = 32
"""A driver starts threads of its own, a handful for each process, and opens a node many times."""
_SIGNALS: Final = 256


def apply(limits: Limits, proc: int, *, has_own_users: bool, bounds_memory: bool) -> None:
    """Bound this process and all that it will start.

    Args:
        limits: What the submission may use.
        proc: The machine's /proc.
        has_own_users: Whether the process limit counts this worker's processes only; if not,
            those that the same user has running already are added to it.
        bounds_memory: False on a GPU: address space says nothing about memory there, and the
            driver needs threads and descriptors of its own.

    Raises:
        OSError: The kernel refused a limit.
    """
    processes = limits.processes + (0 if has_own_users else running(proc, os.getuid()))
    processes += 0 if bounds_memory else _GPU_THREADS
    cores = os.cpu_count() or 1
    # An honest submission ends by the clock first; this one ends what nobody waits for any more.
    cpu_seconds = math.ceil(limits.submission_seconds + 1) * cores
    _set(resource.RLIMIT_CPU, cpu_seconds)
    _set(resource.RLIMIT_NPROC, processes)
    _set(resource.RLIMIT_FSIZE, limits.scratch_bytes)
    _set(resource.RLIMIT_NOFILE, _DESCRIPTORS if bounds_memory else _GPU_DESCRIPTORS)
    _set(resource.RLIMIT_STACK, _STACK)
    _set(resource.RLIMIT_SIGPENDING, _SIGNALS)
    for kind in (
        resource.RLIMIT_CORE,
        resource.RLIMIT_MEMLOCK,
        resource.RLIMIT_MSGQUEUE,
        resource.RLIMIT_NICE,
        resource.RLIMIT_RTPRIO,
    ):
        _set(kind, 0)
    if bounds_memory:
        _set(resource.RLIMIT_AS, _address_space(proc) + max(limits.memory_bytes, LEAST_MEMORY))


def _set(kind: int, value: int) -> None:
    """Set both limits to `value`, or leave them where the machine's own are lower."""
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))


def _address_space(proc: int) -> int:
    """The bytes of address space this process has, most of them torch's libraries."""
    return int(_read(proc, "self/statm").split()[0]) * resource.getpagesize()


def running(proc: int, user: int, besides: Container[int] = ()) -> int:
    """How many threads a user has on this machine, those of some processes not counted."""
    count = 0
    with os.scandir(proc) as entries:
        for entry in entries:
            # Any process may end while it is looked at.
            with suppress(OSError):
                if not entry.name.isdecimal() or int(entry.name) in besides:
                    continue
                if entry.stat().st_uid == user:
                    fields = _read(proc, f"{entry.name}/stat").rpartition(")")[2].split()
                    count += int(fields[17])
    return count


def _read(proc: int, path: str) -> str:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc)
    try:
        return os.read(descriptor, 4096).decode(errors="replace")
    finally:
        os.close(descriptor)
