"""Have the kernel open files and sockets on one's behalf, past the filter.

Wall: seccomp lets no such call through, in both tiers: what io_uring does is seen by no filter,
so it is not to be had at all.
"""

import ctypes
import os

HONEST = 2

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long


def call(number, *arguments):
    """A system call by its number on x86_64."""
    result = LIBC.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def set_up():
    call(425, 4, ctypes.create_string_buffer(120))


def enter():
    call(426, 3, 0, 0, 0, None, 0)


def register():
    call(427, -1, 0, None, 0)


ATTEMPTS = (set_up, enter, register)


def double(x):
    """Right only if everything was refused."""
    through = []
    for attempt in ATTEMPTS:
        try:
            attempt()
        except OSError:
            continue
        through.append(attempt.__name__)
    if through:
        raise RuntimeError(f"breached: {through}")
    return 2 * x
