"""Read keeper, zygote and grader byte by byte.

Wall: seccomp knows no process_vm call; /proc is not in the view in full and in no Landlock rule
in guarded.
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


def read_by_call():
    call(
        310, os.getppid(), ctypes.create_string_buffer(16), 1, ctypes.create_string_buffer(16), 1, 0
    )


def write_by_call():
    call(
        311, os.getppid(), ctypes.create_string_buffer(16), 1, ctypes.create_string_buffer(16), 1, 0
    )


def open_the_parents_memory():
    os.open(f"/proc/{os.getppid()}/mem", os.O_RDWR)


def open_ones_own_memory():
    os.open("/proc/self/mem", os.O_RDWR)


def open_the_machines_memory():
    os.open("/dev/mem", os.O_RDONLY)


def open_the_kernels_memory():
    os.open("/proc/kcore", os.O_RDONLY)


ATTEMPTS = (
    read_by_call,
    write_by_call,
    open_the_parents_memory,
    open_ones_own_memory,
    open_the_machines_memory,
    open_the_kernels_memory,
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
