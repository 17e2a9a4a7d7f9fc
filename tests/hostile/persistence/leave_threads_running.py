"""Answer, and go on in threads that change what later calls see.

Wall: threads end with their server; what they change is the submission's own, and nothing that is
judged is in their process.
"""

import sys
import threading
import time

HONEST = 4


def late():
    while True:
        time.sleep(0.01)
        for module in list(sys.modules.values()):
            if getattr(module, "__name__", "").startswith("grader"):
                for name in ("HONEST", "points", "verdict"):
                    setattr(module, name, 1_000_000)


def double(x):
    for _ in range(3):
        try:
            threading.Thread(target=late, daemon=False).start()
        except RuntimeError:
            pass
    return 2 * x


def total(x):
    return x.sum(1)
