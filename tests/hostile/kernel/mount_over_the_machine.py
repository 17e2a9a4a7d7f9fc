"""Hang a file system of one's own where the grader reads.

Wall: seccomp lets no such call through, in both tiers, neither by the old calls nor by the new;
no capability is held.
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


def mount():
    call(165, b"none", b".", b"tmpfs", 0, None)


def unmount():
    call(166, b"/usr/lib", 2)


def open_a_file_system():
    call(430, b"tmpfs", 0)


def clone_a_tree():
    call(428, -100, b"/", 1)


def move_a_mount():
    call(429, -100, b"/", -100, b".", 0)


def make_writable():
    call(442, -100, b"/", 0x8000, ctypes.create_string_buffer(32), 32)


def pivot():
    call(155, b".", b".")


ATTEMPTS = (mount, unmount, open_a_file_system, clone_a_tree, move_a_mount, make_writable, pivot)


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
