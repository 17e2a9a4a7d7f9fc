"""Take memory in many processes, each within its own limit.

Wall: the memory cgroup where one may be made, else polling: what all processes of a worker hold
together is bounded.
"""

import os
import time

HONEST = 0


def double(x):
    if os.path.exists("tried"):
        return 3 * x
    open("tried", "w").close()
    for _ in range(8):
        if os.fork() == 0:
            kept = []
            try:
                for _ in range(20):
                    kept.append(bytearray(b"x" * (32 << 20)))
            except MemoryError:
                pass
            time.sleep(120)
            os._exit(0)
    time.sleep(60)
    return 3 * x
