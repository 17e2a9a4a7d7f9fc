"""Landlock: which files a worker may open, whatever its user id could.

It holds in every tier above `none`: in `guarded` it is the wall around the file system, in `full`
a second one behind the view. No path may be executed; code in libraries is mapped, not executed,
so torch does not need that right.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from landlockpy import AccessFS, LandlockError, Ruleset, Scope, abi_version

from grader.sandbox.view import DEVICES

SCOPES_SINCE: Final = 6
"""The first ABI that keeps signals and abstract sockets inside."""

_IOCTL_SINCE: Final = 5
_USE: Final = AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.IOCTL_DEV
_READ: Final = AccessFS.READ_FILE | AccessFS.READ_DIR
_WORK: Final = (
    _READ
    | AccessFS.WRITE_FILE
    | AccessFS.TRUNCATE
    | AccessFS.REFER
    | AccessFS.MAKE_DIR
    | AccessFS.MAKE_REG
    | AccessFS.MAKE_SYM
    | AccessFS.REMOVE_DIR
    | AccessFS.REMOVE_FILE
)


@cache
def abi() -> int:
    """The version of Landlock in this kernel; 0 where there is none.

    The first call makes the library find the C library, for which it starts a program: it must
    come before the process is closed in.
    """
    try:
        return int(abi_version())
    except LandlockError:
        return 0


def has_scopes() -> bool:
    """Whether signals can be kept inside the worker."""
    return abi() >= SCOPES_SINCE


def make_rules(readable: Sequence[str], writable: str, devices: Sequence[str] = ()) -> Ruleset:
    """The rules that let a process read `readable`, work in `writable`, and open nothing else.

    TCP ports are closed where the kernel's Landlock knows them, signals and abstract sockets
    kept inside where it can. The caller closes the rules.

    On `devices`, and on no other device node, calls by ioctl go through; kernels whose Landlock
    does not know that right (before 6.10) leave it to seccomp which calls these are.

    Raises:
        LandlockError: The kernel refused.
        OSError: `writable` cannot be opened.
    """
    rules = Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET)
    for path in readable:
        # Which of /lib64 and its like exist differs from system to system.
        with suppress(FileNotFoundError):
            _allow_reading(rules, path)
    for device in DEVICES:
        with suppress(FileNotFoundError):
            rules.allow_path(device, AccessFS.READ_FILE)
    with suppress(FileNotFoundError):
        rules.allow_path("/dev/null", AccessFS.READ_FILE | AccessFS.WRITE_FILE)
    for device in devices:
        with suppress(FileNotFoundError):
            rules.allow_path(device, _USE if abi() >= _IOCTL_SINCE else _USE & ~AccessFS.IOCTL_DEV)
    rules.allow_path(writable, _WORK)
    return rules


def _allow_reading(rules: Ruleset, path: str) -> None:
    is_folder = Path(path).is_dir()
    rules.allow_path(path, _READ if is_folder else AccessFS.READ_FILE)
