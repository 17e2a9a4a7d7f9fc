"""Be a child of the zygote rather than of the keeper, out of the hunter's sight.

Wall: seccomp refuses clone with CLONE_PARENT, and clone3 is said not to exist.
"""

import ctypes
import os
import time

HONEST = 2

LIBC = ctypes.CDLL(None, use_errno=True)


def double(x):
    if os.uname().machine != "x86_64":
        return 2 * x  # the call has another number there
    pid = LIBC.syscall(ctypes.c_long(56), 0x8000 | 17, None, None, None, None)
    if pid == 0:
        time.sleep(120)
        os._exit(0)
    if pid > 0:
        raise RuntimeError("breached: a child that is a sibling")
    return 2 * x
