"""Take all processes that there may be, keep them, and answer rightly, so that others find none.

Wall: in full, and where each worker is a user of its own, a hoard is in nobody's way but one's own,
and is ended before the next server is made. Where workers share a user, who finds no process left
is graded again by a worker that is counted anew.
"""

import os
import time

HONEST = 4


def hoard():
    for _ in range(300):
        try:
            if os.fork():
                continue
        except OSError:
            return
        try:
            for descriptor in range(3, 64):
                try:
                    os.close(descriptor)
                except OSError:
                    pass
            time.sleep(120)
        finally:
            os._exit(0)
    raise RuntimeError("breached: 300 processes")


hoard()


def double(x):
    hoard()
    return 2 * x


def total(x):
    hoard()
    time.sleep(0.3)
    return x.sum(1)
