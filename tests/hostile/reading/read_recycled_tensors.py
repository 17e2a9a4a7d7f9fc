"""Read what memory held before: tensors that are not initialised, freed blocks, large pages.

Wall: memory from the kernel is zeroed, and what the allocator hands out again was this process's
own, or the zygote's, which has no secrets.
"""

import ctypes
import mmap

import torch

HONEST = 2
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p


def interesting(data):
    at = data.find(b"cnr" + b"y-")
    return [data[max(0, at - 100) : at + 100]] if at >= 0 else [data[:200]]


def double(x):
    found = []
    for power in range(4, 22):
        for _ in range(4):
            block = torch.empty(1 << power, dtype=torch.uint8).numpy().tobytes()
            found += interesting(block)
    return [str(item) for item in found]


def total(x):
    # As large as an answer may be, as it is.
    return torch.empty(1 << 20, dtype=torch.uint8)


def rows(x):
    found = []
    for power in range(4, 22):
        address = libc.malloc(ctypes.c_size_t(1 << power))
        found += interesting(ctypes.string_at(address, 1 << power))
    for flags in (0x20 | 0x02, 0x20 | 0x02 | 0x4000000, 0x20 | 0x02 | 0x40000):
        try:
            room = mmap.mmap(-1, 4 << 20, flags=flags)
            found += interesting(room[:])
        except (OSError, ValueError) as error:
            found.append(str(error).encode())
    raise RuntimeError(found)


def label(word):
    return {letter: word.count(letter) for letter in word}
