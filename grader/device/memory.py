"""How much memory of a GPU a worker holds, asked of the driver by the trusted side.

torch's own limit inside the worker makes a greedy call fail cleanly, and student code can lift it;
this one it cannot. NVML is asked through `nvidia-ml-py` (the extra `gpu`); without it only torch's
limit holds, and `grade doctor` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final, Protocol

import msgspec

from grader.device.inventory import Gpu

HELD_BYTES: Final = 2 << 30
"""What a worker's two servers may hold of a GPU besides what students' code asks for: a context
each, with the libraries' own memory in it; not measured yet."""


class Holder(msgspec.Struct, frozen=True):
    """One process on a GPU.

    Attributes:
        pid: As the driver sees it; in a container that may be nobody's number in here.
        used_bytes: What it holds; None where the driver does not say.
    """

    pid: int
    used_bytes: int | None


class Reading(msgspec.Struct, frozen=True):
    """One look at one GPU."""

    used_bytes: int
    total_bytes: int
    holders: tuple[Holder, ...] = ()


class Meter(Protocol):
    """Reads one GPU's memory."""

    def read(self) -> Reading | None:
        """How it is now; None if it cannot be told."""
        ...


class NvmlMeter:
    """Reads it from the driver."""

    def __init__(self, library: Any, handle: Any) -> None:
        self._library = library
        self._handle = handle

    def read(self) -> Reading | None:
        """See `Meter`."""
        library = self._library
        try:
            memory = library.nvmlDeviceGetMemoryInfo(self._handle)
            running = library.nvmlDeviceGetComputeRunningProcesses(self._handle)
        except library.NVMLError:
            return None
        holders = tuple(Holder(each.pid, each.usedGpuMemory) for each in running)
        return Reading(int(memory.used), int(memory.total), holders)


def meter_of(gpu: Gpu) -> Meter | None:
    """The meter of a GPU, or None where NVML is not to be had."""
    try:
        import pynvml  # noqa: PLC0415  (an optional extra)
    except ImportError:
        return None
    try:
        pynvml.nvmlInit()
        if gpu.visible.startswith("GPU-"):
            handle = pynvml.nvmlDeviceGetHandleByUUID(gpu.visible)
        else:
            handle = pynvml.nvmlDeviceGetHandleByIndex(int(gpu.visible))
    except (pynvml.NVMLError, ValueError):
        return None
    return NvmlMeter(pynvml, handle)


class MemoryWatch:
    """Whether one worker holds more of a GPU than it may.

    Args:
        meter: Reads the GPU.
        limit_bytes: What student code may hold in all processes of the worker together; what
            these need themselves comes on top.
        is_alone: Whether nobody but this process takes memory of this GPU meanwhile, so that
            whatever else is new must be the worker's: for where the driver's process numbers mean
            nothing in here.
        own_bytes: Tells what this process itself has asked for, as the reference does.
    """

    def __init__(
        self,
        meter: Meter,
        limit_bytes: int,
        *,
        is_alone: bool,
        own_bytes: Callable[[], int] = lambda: 0,
    ) -> None:
        self._meter = meter
        self._limit_bytes = limit_bytes + HELD_BYTES
        self._is_alone = is_alone
        self._own_bytes = own_bytes
        before = meter.read()
        self._before_bytes: Final = before.used_bytes - own_bytes() if before else 0

    def used_bytes(self, pids: Collection[int]) -> int | None:
        """What the processes hold; None if it cannot be told."""
        reading = self._meter.read()
        if reading is None:
            return None
        own = [holder for holder in reading.holders if holder.pid in pids]
        if own and all(holder.used_bytes is not None for holder in own):
            return sum(holder.used_bytes or 0 for holder in own)
        if self._is_alone:
            return max(0, reading.used_bytes - self._own_bytes() - self._before_bytes)
        return None

    def is_exceeded(self, pids: Collection[int]) -> bool:
        """Whether they hold more than they may."""
        used = self.used_bytes(pids)
        return used is not None and used > self._limit_bytes
