"""Switch address randomisation off and make every mapping executable.

Wall: seccomp lets no such call through, in both tiers.
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


def stop_randomising():
    call(135, 0x0040000)


def execute_what_is_readable():
    call(135, 0x0400000)


def change_segment_tables():
    call(154, 1, ctypes.create_string_buffer(16), 16)


def reach_ports():
    call(172, 3)


ATTEMPTS = (stop_randomising, execute_what_is_readable, change_segment_tables, reach_ports)


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
