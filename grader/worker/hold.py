"""The trusted side's hold on one worker that runs: what it uses, and how it ends."""

from __future__ import annotations

import os
import select
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.records.limits import Limits
from grader.records.result import Tier
from grader.sandbox import lifetime
from grader.sandbox.memory import MemoryGroup
from grader.sandbox.scratch import Scratch
from grader.worker.endings import LimitExceeded, Reason

if TYPE_CHECKING:
    from grader.device.memory import MemoryWatch
    from grader.worker.launch import Zygote

_HELD_BYTES: Final = 512 << 20
"""What keeper and server hold before the student's first byte: Python and torch, counted twice."""
_GPU_HELD_BYTES: Final = 4 << 30
"""The same with the libraries and the contexts of two servers on a GPU; not measured yet."""


class Hold:
    """Watches, clears and ends the processes of one worker.

    Args:
        pidfd: The keeper; this object closes it.
        limits: What keeper, server and all they start may use together.
        zygote: Where the keeper comes from.
        scratch: Where it may write, if it has no file system of its own.
        is_on_gpu: Whether its servers start a device for themselves.
        gpu: Looks after what they hold of a GPU.
    """

    def __init__(
        self,
        pidfd: int,
        limits: Limits,
        zygote: Zygote,
        scratch: Scratch | None,
        *,
        is_on_gpu: bool = False,
        gpu: MemoryWatch | None = None,
    ) -> None:
        self._pidfd = pidfd
        self._limits = limits
        self._zygote = zygote
        self._scratch = scratch
        self._gpu = gpu
        self._end_seconds = lifetime.GPU_END_SECONDS if is_on_gpu else lifetime.END_SECONDS
        held_bytes = _GPU_HELD_BYTES if is_on_gpu else _HELD_BYTES
        self._most_bytes = limits.memory_bytes + held_bytes
        self._group = _group(pidfd, self._most_bytes)
        self._kills = 0

    def watch(self) -> None:
        """Look what its processes use together.

        Raises:
            LimitExceeded: More memory, here or on a GPU, or more of the disk, than they may.
        """
        if self._group is not None and self._group.out_of_memory_kills() > self._kills:
            self._kills = self._group.out_of_memory_kills()
            raise LimitExceeded(Reason.MEMORY)
        limits = self._limits
        if lifetime.uses_more_than(self._pidfd, self._most_bytes):
            raise LimitExceeded(Reason.MEMORY)
        if self._gpu is not None and self._gpu.is_exceeded(lifetime.pids(self._pidfd)):
            raise LimitExceeded(Reason.GPU_MEMORY)
        if self._scratch is not None:
            weight = lifetime.folder_bytes(str(self._scratch.path), limits.scratch_bytes)
            if weight > limits.scratch_bytes:
                raise LimitExceeded(Reason.DISK)

    def cause(self, reason: Reason) -> Reason:
        """Why it really ended: whom the kernel ended for want of memory seems to have crashed."""
        try:
            if reason is Reason.CRASHED:
                self.watch()
        except LimitExceeded as exceeded:
            return exceeded.reason
        return reason

    def cpu_seconds(self) -> float:
        """What its processes have used of the processor."""
        return lifetime.cpu_seconds(self._pidfd)

    def clear(self) -> None:
        """End everything but the keeper, which stays as it was after loading."""
        lifetime.kill_descendants(self._pidfd, self._end_seconds)

    def is_crowded_out(self) -> bool:
        """Whether others have used up the processes that this worker could have.

        In tier `full` no others count.
        """
        return self._zygote.tier is not Tier.FULL and lifetime.is_crowded_out(self._pidfd)

    def end(self) -> None:
        """End everything and free what it held."""
        if self._zygote.tier is Tier.FULL:
            self._zygote.dismiss(self._pidfd, self._group, self._end_seconds)
            return
        try:
            # What a keeper leaves behind that died before its time, or what flees from being
            # killed by forking, falls to the zygote.
            is_suspect = self._has_more_than_a_server()
            lifetime.kill(self._pidfd, self._end_seconds)
            if is_suspect:
                self._zygote.sweep()
        finally:
            os.close(self._pidfd)
            if self._group is not None:
                self._group.remove()
        if self._scratch is not None:
            self._scratch.remove()

    def _has_more_than_a_server(self) -> bool:
        """Whether a keeper has, or may have had, children that it did not fork as a keeper."""
        pid = lifetime.host_pid(self._pidfd)
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
            count = sum(len((task / "children").read_text().split()) for task in tasks)
        except OSError:
            return True
        has_ended = bool(select.select([self._pidfd], [], [], 0)[0])
        return count > 1 or has_ended


def _group(pidfd: int, limit_bytes: int) -> MemoryGroup | None:
    """A memory cgroup with the keeper in it, where one may be made."""
    pid = lifetime.host_pid(pidfd)
    group = MemoryGroup.create(limit_bytes) if pid > 0 else None
    if group is not None:
        try:
            group.add(pid)
        except OSError:
            group.remove()
            return None
    return group
