"""The trusted side's hold on a worker: end it and all it started, and see what it uses.

A worker is named by a pidfd, which cannot come to mean another process. In tier `full` a keeper
is process 1 of its pid namespace, so the kernel ends everything with it. In `guarded` its
descendants are hunted down: orphans fall to the keeper, which adopts them, so none is out of
sight while the keeper is stopped.
"""

from __future__ import annotations

import os
import select
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil

from grader.errors import SandboxError
from grader.sandbox import rlimits

END_SECONDS: Final = 5.0
"""How long something that was killed may take to end, as a rule milliseconds."""
GPU_END_SECONDS: Final = 60.0
"""The same where a driver first has to clear up behind it, which a kernel that runs can hold up."""
_TICKS = slice(11, 15)
"""Of itself and of the children it has collected, each as user and as system."""
_TICKS_PER_SECOND: Final = os.sysconf("SC_CLK_TCK")
_PAGE_BYTES: Final = os.sysconf("SC_PAGE_SIZE")
_PAUSE_SECONDS: Final = 0.002
_DEEPEST_FOLDER: Final = 64
_LEAST_FILE_BYTES: Final = 4096
_GONE: Final = (psutil.NoSuchProcess, psutil.ZombieProcess)


def kill(pidfd: int, seconds: float = END_SECONDS) -> None:
    """End the keeper and everything it ever started; return when all of it is gone.

    The keeper's parent, the zygote, still has to collect its exit status.

    Args:
        pidfd: The keeper.
        seconds: How long that may take.

    Raises:
        SandboxError: Something was still alive then.
    """
    if not _rules_a_namespace(pidfd):
        _signal(pidfd, signal.SIGSTOP)
        _kill_descendants(pidfd, seconds)
    deadline = time.monotonic() + seconds
    _signal(pidfd, signal.SIGKILL)
    if not _has_ended(pidfd, deadline):
        raise SandboxError(
            f"a worker (process {host_pid(pidfd)}) did not end {seconds:.0f} seconds after it "
            "was killed; the machine may be out of memory or its disk may hang. Look at it with "
            "'ps', and start the run again when it is gone"
        )


def kill_descendants(pidfd: int, seconds: float = END_SECONDS) -> None:
    """End everything the keeper started but leave the keeper itself, as after a call that hangs.

    The keeper is stopped while this happens, so nothing new can appear, and then goes on.

    Args:
        pidfd: The keeper.
        seconds: How long that may take.

    Raises:
        SandboxError: Something was still alive then.
    """
    _signal(pidfd, signal.SIGSTOP)
    try:
        _kill_descendants(pidfd, seconds)
    finally:
        _signal(pidfd, signal.SIGCONT)


def host_pid(pidfd: int) -> int:
    """The keeper's pid as this process sees it; -1 if it has been collected, 0 if out of sight."""
    return int(_facts(pidfd).get("Pid", "-1"))


def resident_bytes(pidfd: int) -> int:
    """The memory of the keeper and everything it started; what they share counts once.

    What is shared with the zygote counts in part, so that an idle keeper is not quite zero.
    """
    pid = host_pid(pidfd)
    if pid <= 0:
        return 0
    total = 0
    with suppress(*_GONE):
        keeper = psutil.Process(pid)
        for process in (keeper, *keeper.children(recursive=True)):
            with suppress(*_GONE):
                total += process.memory_full_info().pss
    return total


def uses_more_than(pidfd: int, limit_bytes: int) -> bool:
    """Whether the keeper and everything it started hold more memory than this.

    What is shared counts once, but that takes milliseconds to find out. As a rule the plain sum,
    which counts it each time and so is never too small, already says no.
    """
    pid = host_pid(pidfd)
    if pid < 0:
        return False
    try:
        rough = sum(_resident(each) for each in _family(pid))
    except OSError:  # no such file in this kernel, or a process ended meanwhile
        rough = limit_bytes + 1
    return rough > limit_bytes and resident_bytes(pidfd) > limit_bytes


def cpu_seconds(pidfd: int) -> float:
    """What the keeper and everything it started have used of the processor."""
    pid = host_pid(pidfd)
    ticks = 0
    with suppress(OSError):  # a process ended meanwhile: what it used is of no interest any more
        for each in _family(pid) if pid > 0 else ():
            # The name in brackets may hold anything; what follows it are numbers.
            facts = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, facts[_TICKS]))
    return ticks / _TICKS_PER_SECOND


def is_crowded_out(pidfd: int) -> bool:
    """Whether others of its user alone are as many processes as the keeper's limit allows."""
    pid = host_pid(pidfd)
    if pid <= 0:
        return False
    try:
        keeper = psutil.Process(pid)
        family = {pid, *(process.pid for process in keeper.children(recursive=True))}
        user = keeper.uids().real
        limits = Path(f"/proc/{pid}/limits").read_text()
    except (*_GONE, OSError):
        return False
    most = limits.partition("Max processes")[2].split()[0]
    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        return most.isdecimal() and rlimits.running(proc, user, besides=family) + 1 >= int(most)
    finally:
        os.close(proc)


def pids(pidfd: int) -> frozenset[int]:
    """The keeper and everything it started, as this process sees them."""
    pid = host_pid(pidfd)
    with suppress(OSError):  # a process ended meanwhile
        return frozenset(_family(pid) if pid > 0 else ())
    return frozenset((pid,))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES


def folder_bytes(path: str, stop_at: int) -> int:
    """What the files below `path` take up, each at least one block, links not followed.

    The walk ends once it has found more than `stop_at` bytes, so it is bounded whatever was made
    there; a tree deeper than 64 folders counts as more than `stop_at`.
    """
    total = 0
    try:
        root = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return 0
    for size in _sizes(root, 0, stop_at):
        total += size
        if total > stop_at:
            break
    return total


def _sizes(folder: int, depth: int, too_much: int) -> Iterator[int]:
    """The size of each entry below an open folder, which is closed at the end."""
    try:
        if depth > _DEEPEST_FOLDER:
            yield too_much + 1
            return
        for name in os.listdir(folder):
            # The worker may remove or replace anything at any time.
            with suppress(OSError):
                entry = os.stat(name, dir_fd=folder, follow_symlinks=False)
                yield max(entry.st_blocks * 512, _LEAST_FILE_BYTES)
                if stat.S_ISDIR(entry.st_mode):
                    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
                    inner = os.open(name, flags, dir_fd=folder)
                    yield from _sizes(inner, depth + 1, too_much)
    finally:
        os.close(folder)


def _kill_descendants(pidfd: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    pid = host_pid(pidfd)
    if pid <= 0:
        return
    try:
        keeper = psutil.Process(pid)
        while True:
            is_still = keeper.status() in {psutil.STATUS_STOPPED, psutil.STATUS_ZOMBIE}
            living = sum(_kill(process) for process in keeper.children(recursive=True))
            if is_still and not living:
                return
            if time.monotonic() > deadline:
                raise SandboxError(
                    f"{living} processes that student code started did not end within "
                    f"{seconds:.0f} seconds; look at the children of process {pid} with 'ps'"
                )
            time.sleep(_PAUSE_SECONDS)
    except _GONE:
        return


def _kill(process: psutil.Process) -> bool:
    """Kill it; whether it was still alive."""
    with suppress(*_GONE):
        if process.status() != psutil.STATUS_ZOMBIE:
            process.kill()
            return True
    return False


def _signal(pidfd: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, number)


def _has_ended(pidfd: int, deadline: float) -> bool:
    poller = select.poll()
    poller.register(pidfd, select.POLLIN)
    return bool(poller.poll(max(0.0, deadline - time.monotonic()) * 1000))


def _rules_a_namespace(pidfd: int) -> bool:
    """Whether the process is number 1 of a pid namespace below this one."""
    pids = _facts(pidfd).get("NSpid", "").split()
    return len(pids) > 1 and pids[-1] == "1"


def _facts(pidfd: int) -> dict[str, str]:
    lines = Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
