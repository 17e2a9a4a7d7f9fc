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
CAP_KILL: Final = 5
CAP_SETGID: Final = 6
CAP_SETUID: Final = 7
NOTHING: Final[frozenset[int]] = frozenset()
_MOST_CAPABILITIES: Final = 64
_FIRST_USER: Final = 0x7000_0000
"""From here to 2**31 no distribution numbers users; below, containers have theirs."""
_MOST_PIDS: Final = (1 << 22) - 1
_USERS_BITS: Final = 6


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


def outlive_parent() -> None:
    """Undo `die_with_parent`: this process sees for itself that nobody needs it any more."""
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, 0)


def forbid_new_privileges() -> None:
    """No program this process starts may ever hold more rights than it does now."""
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)


def stay_inspectable() -> None:
    """Let this process keep its own entries in /proc, which a change of user takes from it."""
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)


def adopt_orphans() -> None:
    """Become the parent of descendants whose own parent ends, so that none gets out of sight."""
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)


def become_nobody(keep: frozenset[int] = NOTHING) -> None:
    """Change from root to `NOBODY`, without groups and without capabilities but `keep`."""
    _empty_bounding_set()
    os.setgroups([])
    if keep:
        syscalls.prctl(syscalls.PR_SET_KEEPCAPS, 1)
    _become(NOBODY)
    syscalls.set_capabilities(_mask(keep))
    syscalls.prctl(syscalls.PR_SET_KEEPCAPS, 0)
    die_with_parent()


def become_user(user: int) -> None:
    """Change to one of `worker_users`; needs the capabilities to change user and group."""
    _become(user)
    # What belongs to another user than its parent's is not to be looked at, and ends with nobody.
    stay_inspectable()
    die_with_parent()


def worker_users() -> range:
    """Users that are nobody's on a machine, one for each worker of this process.

    Each process has 64 of them, which come round again; empty where the users of this machine's
    containers are numbered otherwise, or this process is not root.
    """
    first = _FIRST_USER + ((os.getpid() & _MOST_PIDS) << _USERS_BITS)
    users = range(first, first + (1 << _USERS_BITS))
    is_possible = is_root() and _is_known("/proc/self/uid_map", users[-1])
    return users if is_possible and _is_known("/proc/self/gid_map", users[-1]) else range(0)


def _become(user: int) -> None:
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def _mask(capabilities: frozenset[int]) -> int:
    return sum(1 << capability for capability in capabilities)


def drop_capabilities(keep: frozenset[int] = NOTHING) -> None:
    """Hold no capability but `keep`, in any of the five sets that this process may change."""
    syscalls.prctl(syscalls.PR_CAP_AMBIENT, syscalls.PR_CAP_AMBIENT_CLEAR_ALL)
    # An ordinary user may not shrink the bounding set; with no_new_privs and no exec it grants
    # nothing.
    with suppress(PermissionError):
        _empty_bounding_set()
    syscalls.set_capabilities(_mask(keep))


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


def _empty_bounding_set() -> None:
    """No program that is started could gain a capability; those that are held stay."""
    for capability in range(_MOST_CAPABILITIES):
        try:
            syscalls.prctl(syscalls.PR_CAPBSET_DROP, capability)
        except PermissionError:
            raise
        except OSError:  # the first number this kernel does not know
            return


def _is_known(table: str, user: int = NOBODY) -> bool:
    """Whether a uid_map has a line that covers `user`."""
    try:
        lines = Path(table).read_text(encoding="ascii").splitlines()
    except OSError:
        return False
    ranges = [tuple(map(int, line.split())) for line in lines]
    return any(first <= user < first + length for first, _, length in ranges)
