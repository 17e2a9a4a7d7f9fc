"""Live on after the submission as a daemon does: fork twice, a session of its own.

Wall: in full the pid namespace ends with the keeper; in guarded orphans fall to the keeper, and
all its descendants are hunted down while it is stopped.
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
        try:
            os.setsid()
        except OSError:
            pass
        if is_child():
            for descriptor in range(3, 64):
                try:
                    os.close(descriptor)
                except OSError:
                    pass
            time.sleep(120)
        os._exit(0)
    return 2 * x
