"""Run a program of one's own inside the kernel.

Wall: seccomp lets no such call through, in both tiers; no capability is held.
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


def make_a_map():
    call(321, 0, ctypes.create_string_buffer(128), 128)


def load_a_program():
    call(321, 5, ctypes.create_string_buffer(128), 128)


def add_a_filter_that_asks():
    call(317, 1, 8, ctypes.create_string_buffer(16))


ATTEMPTS = (make_a_map, load_a_program, add_a_filter_that_asks)


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
