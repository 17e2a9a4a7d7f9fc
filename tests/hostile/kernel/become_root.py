"""Take back the user id or the capabilities that were given up.

Wall: no calls that change users or capabilities pass the filter; no_new_privs, and no capability
in any set.
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


def setuid():
    os.setuid(0)


def setresuid():
    os.setresuid(0, 0, 0)


def setresgid():
    os.setresgid(0, 0, 0)


def setgroups():
    os.setgroups([0])


def setfsuid():
    call(122, 0)


def capset():
    call(126, b"\x22\x05\x08\x20" + bytes(4), b"\xff" * 24)


def keep_capabilities():
    call(157, 8, 1, 0, 0, 0)


def run_a_program_that_is_roots():
    os.execv("/usr/bin/su", ["su"])


ATTEMPTS = (
    setuid,
    setresuid,
    setresgid,
    setgroups,
    setfsuid,
    capset,
    keep_capabilities,
    run_a_program_that_is_roots,
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
