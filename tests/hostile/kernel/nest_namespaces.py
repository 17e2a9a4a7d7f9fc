"""Become root of a user namespace of one's own, where much more may be tried.

Wall: seccomp refuses unshare, setns and clone with any namespace flag; clone3, whose flags it
cannot read, is said not to exist.
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


def unshare_users():
    call(272, 0x10000000)


def unshare_mounts():
    call(272, 0x00020000)


def unshare_time():
    call(272, 0x00000080)


def clone_into_users():
    if call(56, 0x10000000 | 17, None, None, None, None) == 0:
        os._exit(0)


def clone_by_the_newer_call():
    if call(435, ctypes.create_string_buffer(88), 88) == 0:
        os._exit(0)


def join_the_namespace_of_the_first_process():
    call(308, os.open("/proc/1/ns/mnt", os.O_RDONLY), 0)


ATTEMPTS = (
    unshare_users,
    unshare_mounts,
    unshare_time,
    clone_into_users,
    clone_by_the_newer_call,
    join_the_namespace_of_the_first_process,
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
