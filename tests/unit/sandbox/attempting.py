"""What the attempts of student code have in common: their list, and raw system calls."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
from collections.abc import Callable
from typing import Any

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long
_IS_X86 = platform.machine() == "x86_64"
Context = dict[str, Any]
ATTEMPTS: dict[str, Callable[[Context], object]] = {}


def attempt(function: Callable[[Context], object]) -> Callable[[Context], object]:
    ATTEMPTS[function.__name__] = function
    return function


def call(x86: int, arm: int, *arguments: int | bytes | None) -> int:
    """A raw system call by its number on either architecture."""
    plain = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = LIBC.syscall(ctypes.c_long(x86 if _IS_X86 else arm), *plain)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return int(result)


def clone(flags: int) -> int:
    pid = call(56, 220, flags | signal.SIGCHLD, 0, 0, 0, 0)
    if pid == 0:
        os._exit(0)
    return pid
