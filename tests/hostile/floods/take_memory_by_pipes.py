"""Have the kernel hold memory on one's behalf: pipes filled and never read.

Wall: descriptors are bounded, pipes cannot be enlarged, and what is left is the kernel's own
bound per user.
"""

import os

HONEST = 2


def double(x):
    made = 0
    try:
        for _ in range(2000):
            reading, writing = os.pipe()
            os.set_blocking(writing, False)
            os.write(writing, bytes(1 << 16))
            made += 1
    except OSError:
        pass
    if made >= 2000:
        raise RuntimeError("breached: 2000 pipes")
    return 2 * x
