"""Turn the socket that calls arrive on into one that reaches further.

Wall: seccomp allows to read, write and shut down the socket that is there, and neither bind,
connect, accept nor options.
"""

import ctypes
import errno
import os
import stat

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


def is_socket(number):
    try:
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError:
        return False


def sockets():
    return [n for n in range(3, 64) if is_socket(n)]


def connect():
    for number in sockets():
        call(42, number, b"\x02\x00\x00\x16\x7f\x00\x00\x01" + bytes(8), 16)


def bind():
    for number in sockets():
        call(49, number, b"\x01\x00\x00meeting", 10)


def accept():
    for number in sockets():
        call(43, number, None, None)


def set_an_option():
    for number in sockets():
        call(54, number, 1, 16, b"\x01\x00\x00\x00", 4)


ATTEMPTS = (connect, bind, accept, set_an_option)


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
