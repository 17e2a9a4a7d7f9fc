"""Make system calls by the 32-bit convention, whose numbers mean other calls.

Wall: the filter ends a process that calls by the convention of another architecture.
"""

import ctypes
import mmap
import os

HONEST = 2

CODE = bytes.fromhex("53b814000000cd805bc3")


def call():
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(CODE)
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    return ctypes.CFUNCTYPE(ctypes.c_int)(address)()


def double(x):
    """Right only if the call never came to be: in a child, for the wall ends who asks."""
    if os.uname().machine != "x86_64":
        return 2 * x  # the code means something else there
    try:
        child = os.fork()
    except OSError:
        return 2 * x
    if child == 0:
        try:
            os._exit(7 if call() >= 0 else 0)
        finally:
            os._exit(0)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 7:
        raise RuntimeError("breached: a call by another convention was answered")
    return 2 * x
