"""Change priorities, processors and limits of processes that are not one's own.

Wall: seccomp lets no such call through, in both tiers for others; prlimit is allowed for the
caller alone.
"""

import ctypes
import errno
import os
import resource

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


def renice():
    os.setpriority(os.PRIO_USER, 0, 19)


def become_realtime():
    call(144, 0, 1, b"\x01\x00\x00\x00")


def bind_to_one_processor():
    os.sched_setaffinity(os.getppid(), {0})


def set_deadlines():
    call(314, 0, ctypes.create_string_buffer(48), 0)


def limit_the_parent():
    resource.prlimit(os.getppid(), resource.RLIMIT_CPU)


def move_its_pages():
    call(256, os.getppid(), 8, None, None)


def make_ones_own_limits_larger():
    try:
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError as error:  # as which Python tells of EPERM
        raise OSError(errno.EPERM, str(error)) from error


ATTEMPTS = (
    renice,
    become_realtime,
    bind_to_one_processor,
    set_deadlines,
    limit_the_parent,
    move_its_pages,
    make_ones_own_limits_larger,
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
