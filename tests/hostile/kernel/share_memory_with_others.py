"""Meet another submission in System V or POSIX shared memory.

Wall: seccomp lets no such call through, in both tiers; in full the IPC namespace is the worker's
own.
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


def segment():
    call(29, 0x67726164, 4096, 0o1666)


def semaphore():
    call(64, 0x67726164, 1, 0o1666)


def message_queue():
    call(68, 0x67726164, 0o1666)


def posix_queue():
    call(240, b"queue", os.O_CREAT | os.O_RDWR, 0o600, None)


def posix_memory():
    os.open("/dev/shm/meeting", os.O_CREAT | os.O_RDWR, 0o666)


ATTEMPTS = (segment, semaphore, message_queue, posix_queue, posix_memory)


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
