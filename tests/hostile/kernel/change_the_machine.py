"""Reboot, load a module, set the clock, swap: what only an administrator may.

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


def load_a_module():
    call(313, 3, b"", 0)


def start_another_kernel():
    call(246, 0, 0, None, 0)


def set_the_clock():
    call(227, 0, ctypes.create_string_buffer(16))


def rename_the_host():
    call(170, b"mine", 4)


def swap():
    call(167, b"file", 0)


def account():
    call(163, b"file")


def make_a_device():
    call(133, b"device", 0o020600, 0x101)


ATTEMPTS = (
    load_a_module,
    start_another_kernel,
    set_the_clock,
    rename_the_host,
    swap,
    account,
    make_a_device,
)


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
