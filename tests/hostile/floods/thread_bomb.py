"""Start threads without end.

Wall: threads count as processes do.
"""

import threading
import time

HONEST = 2


def double(x):
    made = 0
    try:
        for _ in range(300):
            threading.Thread(target=time.sleep, args=(120,), daemon=True).start()
            made += 1
    except RuntimeError:
        pass
    if made >= 300:
        raise RuntimeError("breached: 300 threads")
    return 2 * x
