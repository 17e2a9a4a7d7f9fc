"""Giving up what a process may do: identity, capabilities, and a life longer than its parent's."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from grader.sandbox import syscalls

NOBODY: Final = 65534
"""The user and group that root becomes before anything hostile is near."""

CAP_DAC_READ_SEARCH: Final = 2
_MOST_CAPABILITIES: Final = 64


def is_root() -> bool:
    """Whether this process is a superuser that could become `NOBODY`.

    Root of a user namespace that knows no other user is an ordinary user in disguise.
    """
    return hasattr(os, "geteuid") and os.geteuid() == 0 and _is_known("/proc/self/uid_map")


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends.

    Changing the user id silently undoes this, so it is called again after each change.
    """
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)


def forbid_new_privileges() -> None:
    """No program this process starts may ever hold more rights than it does now."""
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)


def stay_inspectable() -> None:
    """Let this process keep its own entries in /proc, which a change of user takes from it."""
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that none gets out of sight."""
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)


def become_nobody(keep: int | None = None) -> None:
    """Change from root to `NOBODY`, without groups and without capabilities but `keep`."""
    _empty_bounding_set(keep)
    os.setgroups([])
    if keep is not None:
        syscalls.prctl(syscalls.PR_SET_KEEPCAPS, 1)
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    syscalls.set_capabilities(0 if keep is None else 1 << keep)
    syscalls.prctl(syscalls.PR_SET_KEEPCAPS, 0)
    die_with_parent()


def drop_capabilities(keep: int | None = None) -> None:
    """Hold no capability but `keep`, in any of the five sets that this process may change."""
    syscalls.prctl(syscalls.PR_CAP_AMBIENT, syscalls.PR_CAP_AMBIENT_CLEAR_ALL)
    # An ordinary user may not shrink the bounding set; with no_new_privs and no exec it grants
    # nothing.
    with suppress(PermissionError):
        _empty_bounding_set(keep)
    syscalls.set_capabilities(0 if keep is None else 1 << keep)


def nobody_reaches(paths: Sequence[str]) -> bool:
    """Whether `NOBODY` could read every one of `paths`, tried in a child that becomes it."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            become_nobody()
            for path in paths:
                os.close(os.open(path, os.O_RDONLY | os.O_CLOEXEC))
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _empty_bounding_set(keep: int | None) -> None:
    for capability in range(_MOST_CAPABILITIES):
        if capability == keep:
            continue
        try:
            syscalls.prctl(syscalls.PR_CAPBSET_DROP, capability)
        except PermissionError:
            raise
        except OSError:  # the first number this kernel does not know
            return


def _is_known(table: str) -> bool:
    """Whether a uid_map has a line that covers `NOBODY`."""
    try:
        lines = Path(table).read_text(encoding="ascii").splitlines()
    except OSError:
        return False
    ranges = [tuple(map(int, line.split())) for line in lines]
    return any(first <= NOBODY < first + length for first, _, length in ranges)
