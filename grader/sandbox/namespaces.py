"""Namespaces: what a worker in tier `full` can name at all.

The zygote lives in a user and pid namespace of its own, as process 1. A keeper is process 1 of a
pid namespace within that one, so the kernel ends all that a submission ever started when the
keeper ends; and it lives in a user namespace of its own, so its process limit counts nobody
else's processes.
"""

from __future__ import annotations

import os
from typing import Final

from grader.sandbox import syscalls

STUDENT: Final = 1000
"""The user and group that student code believes to be."""

_KEEPER: Final = (
    syscalls.CLONE_NEWUSER | syscalls.CLONE_NEWNS | syscalls.CLONE_NEWIPC | syscalls.CLONE_NEWUTS
)
_ZYGOTE: Final = (
    syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWNET
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUTS
)


def open_proc() -> int:
    """A descriptor of the machine's /proc, still good when /proc itself is out of sight."""
    return os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def own_mounts() -> None:
    """As root: leave the machine's mounts for a copy of them."""
    syscalls.unshare(syscalls.CLONE_NEWNS)


def become_owner(proc: int, *, mounts: bool) -> None:
    """Enter a user namespace in which this process may do the rest, and a pid namespace.

    The next child is process 1 of the pid namespace; this process itself stays outside.

    Args:
        proc: From `open_proc`.
        mounts: Whether to enter a mount namespace as well.
    """
    uid, gid = os.getuid(), os.getgid()
    syscalls.unshare(_ZYGOTE | (syscalls.CLONE_NEWNS if mounts else 0))
    _map_identity(proc, f"{uid} {uid} 1", f"{gid} {gid} 1")


def open_pid_namespace(proc: int) -> int:
    """A descriptor of the pid namespace this process lives in."""
    return os.open("self/ns/pid", os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc)


def next_child_is_first(own: int) -> None:
    """Make the next child process 1 of a fresh pid namespace.

    The kernel lets a process choose a namespace for its children once; going back to its `own`
    first (from `open_pid_namespace`) lets it choose again.
    """
    syscalls.setns(own, syscalls.CLONE_NEWPID)
    syscalls.unshare(syscalls.CLONE_NEWPID)


def isolate(proc: int) -> None:
    """In a keeper: own users, mounts, System V objects and host name.

    The network namespace is the zygote's: empty, without even a loopback device that is up, and
    not to be changed from the keeper's user namespace. Making another costs more than all the
    rest of `isolate`.
    """
    uid, gid = os.getuid(), os.getgid()
    syscalls.unshare(_KEEPER)
    _map_identity(proc, f"{STUDENT} {uid} 1", f"{STUDENT} {gid} 1")


def _map_identity(proc: int, users: str, groups: str) -> None:
    # Without this the kernel lets nobody but root map groups.
    _write(proc, "self/setgroups", "deny")
    _write(proc, "self/uid_map", users)
    _write(proc, "self/gid_map", groups)


def _write(proc: int, path: str, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC, dir_fd=proc)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)
