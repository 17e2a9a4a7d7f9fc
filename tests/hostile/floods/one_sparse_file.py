"""Make a file of a terabyte that takes no space, for whoever copies it.

Wall: RLIMIT_FSIZE counts the length, not the blocks; nobody copies a scratch folder.
"""

import os

HONEST = 2


def double(x):
    descriptor = os.open("sparse", os.O_CREAT | os.O_RDWR)
    for attempt in (
        lambda: os.ftruncate(descriptor, 1 << 40),
        lambda: os.pwrite(descriptor, b"end", 1 << 40),
        lambda: os.posix_fallocate(descriptor, 0, 1 << 40),
    ):
        try:
            attempt()
        except OSError:
            continue
        raise RuntimeError("breached: a terabyte")
    return 2 * x
