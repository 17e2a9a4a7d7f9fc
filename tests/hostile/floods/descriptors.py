"""Open files until the machine has no descriptor left.

Wall: RLIMIT_NOFILE.
"""

import os

HONEST = 2

KEPT = []


def double(x):
    try:
        for _ in range(5000):
            KEPT.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        for descriptor in KEPT:
            os.close(descriptor)
        return 2 * x
    raise RuntimeError("breached: 5000 descriptors")
