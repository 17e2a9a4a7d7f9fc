"""Keep data in files that no folder holds and no quota counts.

Wall: seccomp lets no such call through, in both tiers; /dev/shm is in no view and in no rule.
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


def memfd():
    call(319, b"hidden", 0)


def memfd_of_huge_pages():
    call(319, b"hidden", 4)


def secret_memory():
    call(447, 0)


def file_without_a_name():
    os.open("/dev/shm", os.O_TMPFILE | os.O_RDWR, 0o600)


ATTEMPTS = (memfd, memfd_of_huge_pages, secret_memory, file_without_a_name)


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
