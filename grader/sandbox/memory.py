"""A memory cgroup around a worker, where this process may make one.

Where it may not (most containers, and desktops without delegation), `create` gives None and the
limit on address space together with polling `lifetime.resident_bytes` hold instead.
"""

from __future__ import annotations

import itertools
import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

import psutil

_V1: Final = Path("/sys/fs/cgroup/memory")
_V2: Final = Path("/sys/fs/cgroup")
_OWN: Final = Path("/proc/self/cgroup")
_PREFIX: Final = "grade-"
_numbers: Final = itertools.count()
_REMOVE_SECONDS: Final = 1.0
_PAUSE_SECONDS: Final = 0.005


class MemoryGroup:
    """A cgroup whose processes together may hold so much memory and no more."""

    def __init__(self, folder: Path, *, is_v2: bool) -> None:
        self._folder = folder
        self._is_v2 = is_v2

    @classmethod
    def create(cls, limit_bytes: int) -> Self | None:
        """A new group below this process's own, or None where that cannot be.

        Args:
            limit_bytes: What the processes added to it may hold, swap included.
        """
        name = f"{_PREFIX}{os.getpid()}-{next(_numbers)}"
        for parent, is_v2 in _parents():
            group = cls(parent / name, is_v2=is_v2)
            with suppress(OSError):
                if is_v2:
                    # Refused where the parent has processes of its own; it may be on already.
                    with suppress(OSError):
                        (parent / "cgroup.subtree_control").write_text("+memory")
                group._folder.mkdir()
                try:
                    group._limit(limit_bytes)
                except OSError:
                    group.remove()
                    raise
                return group
        return None

    def add(self, pid: int) -> None:
        """Count what the process takes from now on, and all that it will start.

        Raises:
            OSError: The process is gone, or may not be moved.
        """
        (self._folder / "cgroup.procs").write_text(str(pid))

    def out_of_memory_kills(self) -> int:
        """How many of its processes the kernel has killed for want of memory."""
        name = "memory.events" if self._is_v2 else "memory.oom_control"
        return _number(self._folder / name, "oom_kill")

    def remove(self) -> None:
        """End what is still in the group, and remove it; waits for the kernel a moment."""
        deadline = time.monotonic() + _REMOVE_SECONDS
        while self._folder.is_dir():
            try:
                self._folder.rmdir()
            except OSError:
                if time.monotonic() > deadline:
                    return
                self._kill()
                time.sleep(_PAUSE_SECONDS)

    def _kill(self) -> None:
        """Linux 5.14 ends all of a group of version 2 at once; elsewhere it is done one by one."""
        with suppress(OSError):
            at_once = self._folder / "cgroup.kill"
            if at_once.exists():
                at_once.write_text("1")
                return
            for pid in (self._folder / "cgroup.procs").read_text().split():
                with suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)

    def _limit(self, limit_bytes: int) -> None:
        if self._is_v2:
            (self._folder / "memory.max").write_text(str(limit_bytes))
            swap = self._folder / "memory.swap.max"
            wanted = "0"
        else:
            (self._folder / "memory.limit_in_bytes").write_text(str(limit_bytes))
            swap = self._folder / "memory.memsw.limit_in_bytes"
            wanted = str(limit_bytes)
        # The file is there only where the kernel accounts for swap.
        if swap.exists():
            swap.write_text(wanted)


def sweep() -> None:
    """Remove the groups of graders that ended without doing so, with what still runs in them."""
    for parent, is_v2 in _parents():
        for folder in parent.glob(f"{_PREFIX}*-*"):
            maker = folder.name.removeprefix(_PREFIX).partition("-")[0]
            if maker.isdecimal() and not psutil.pid_exists(int(maker)):
                MemoryGroup(folder, is_v2=is_v2).remove()


def _parents() -> list[tuple[Path, bool]]:
    """The groups in which a new one may be possible, with whether each is of version 2."""
    found: list[tuple[Path, bool]] = []
    with suppress(OSError):
        for line in _OWN.read_text(encoding="utf-8").splitlines():
            _, controllers, path = line.split(":", 2)
            own = path.lstrip("/")
            if "memory" in controllers.split(","):
                found.append((_V1 / own, False))
            elif not controllers:
                # A group with processes cannot hand memory down, so its parent is asked first.
                found.extend((group, True) for group in ((_V2 / own).parent, _V2 / own))
    return [(folder, is_v2) for folder, is_v2 in found if (folder / "cgroup.procs").exists()]


def _number(file: Path, key: str) -> int:
    with suppress(OSError):
        for line in file.read_text(encoding="ascii").splitlines():
            name, _, value = line.partition(" ")
            if name == key:
                return int(value)
    return 0
