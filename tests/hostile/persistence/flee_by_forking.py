"""Be somewhere else whenever the hunter looks: fork, let the parent end, again.

Wall: in full the pid namespace ends at once; in guarded the keeper is stopped and its descendants
killed until a look finds none, bounded by the limit on processes.
"""

import os
import time

HONEST = 2


def is_child():
    """Fork; where no process is left there is no child."""
    try:
        return os.fork() == 0
    except OSError:
        return False


def double(x):
    if is_child():
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                if os.fork():
                    os._exit(0)
            except OSError:
                time.sleep(0.001)
        os._exit(0)
    return 2 * x
