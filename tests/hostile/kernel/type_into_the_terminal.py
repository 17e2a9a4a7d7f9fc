"""Type commands into the terminal that the grader was started from.

Wall: seccomp allows six requests of ioctl, none of which pushes input; no terminal is among the
descriptors.
"""

import ctypes
import errno
import fcntl
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


def push_characters():
    for descriptor in range(3):
        fcntl.ioctl(descriptor, 0x5412, b"\n")


def push_with_high_bits_set():
    call(16, 0, ctypes.c_ulong(0x1_0000_5412), b"\n")


def paste():
    fcntl.ioctl(0, 0x541C, b"\x03" + bytes(15))


def become_the_terminals_leader():
    fcntl.ioctl(0, 0x540E, 1)


def open_the_terminal():
    os.open("/dev/tty", os.O_RDWR)


def open_a_new_terminal():
    os.open("/dev/ptmx", os.O_RDWR)


ATTEMPTS = (
    push_characters,
    push_with_high_bits_set,
    paste,
    become_the_terminals_leader,
    open_the_terminal,
    open_a_new_terminal,
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
