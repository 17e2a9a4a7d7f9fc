"""Scan this process's own memory, byte by byte, for what was in it before the worker was forked.

Wall: the memory is a copy of the zygote's, and the zygote has never held a test, an answer or a
student's file: it was started with an empty environment before any was read.
"""

import ctypes
import gc
import os

HONEST = 0
MARK = b"cnr" + b"y"
PAGE = 4096
libc = ctypes.CDLL(None, use_errno=True)
libc.sbrk.restype = ctypes.c_void_p
libc.sbrk.argtypes = [ctypes.c_ssize_t]


class Memory:
    """Reads any address: the kernel says so when there is nothing, and nobody dies of it."""

    def __init__(self):
        self.out, self.into = os.pipe()
        os.set_blocking(self.out, False)
        os.set_blocking(self.into, False)

    def read(self, address, count=PAGE):
        libc.write.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t]
        if libc.write(self.into, address, count) <= 0:
            return b""
        return os.read(self.out, count)


def search(starts, pages):
    memory, found, seen = Memory(), [], set()
    for start in starts:
        for page in range(pages):
            address = (start & ~(PAGE - 1)) + page * PAGE
            if address in seen:
                continue
            seen.add(address)
            data = memory.read(address)
            at = data.find(MARK + b"-")
            while at >= 0:
                found.append(data[max(0, at - 20) : at + 60])
                at = data.find(MARK + b"-", at + 1)
    return found, len(seen)


def double(x):
    top = libc.sbrk(0)
    return [f"{item}"[:9000] for item in search([top - (24 << 20)], 24 << 8)]


def total(x):
    gc.unfreeze()
    starts = sorted({id(item) & ~0xFFFF for item in gc.get_objects()})[:400]
    return [f"{item}"[:9000] for item in search(starts, 16)]


def rows(x):
    # Arguments, environment and the name of the program lie at the end of the stack.
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
    start = ctypes.cast(environ, ctypes.c_void_p).value
    memory = Memory()
    stack = b"".join(memory.read((start & ~(PAGE - 1)) + n * PAGE) for n in range(-16, 16))
    return stack.decode("latin-1").replace("\0", " ")[-9_000:]
