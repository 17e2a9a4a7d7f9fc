"""Climb out of the view with the classic chroot escape.

Wall: seccomp lets no such call through, in both tiers; the old root of full is not merely hidden
but detached.
"""

import ctypes
import errno
import os

HONEST = 2
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.ENOSYS, errno.ESRCH)

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long


def call(number, *arguments):
    """A system call by its number on x86_64; on another machine it is not tried."""
    if os.uname().machine != "x86_64":
        raise OSError(errno.ENOSYS, "it has another number here")
    result = LIBC.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def chroot_and_climb():
    outside = os.open("/", os.O_RDONLY)
    os.makedirs("inner", exist_ok=True)
    os.chroot("inner")
    os.fchdir(outside)


def chroot():
    call(161, b".")


def open_by_handle():
    call(304, -100, ctypes.create_string_buffer(128), 0)


def ask_for_a_handle():
    call(303, -100, b"/", ctypes.create_string_buffer(136), ctypes.create_string_buffer(4), 0)


ATTEMPTS = (chroot_and_climb, chroot, open_by_handle, ask_for_a_handle)


def double(x):
    """Right only if a wall refused everything: an argument found wrong was looked at."""
    through = []
    for attempt in ATTEMPTS:
        try:
            attempt()
        except OSError as error:
            if error.errno in REFUSED:
                continue
        through.append(attempt.__name__)
    if through:
        raise RuntimeError(f"breached: {through}")
    return 2 * x
