"""Live on after the submission as a daemon does: fork twice, a session of its own.

Wall: in full the pid namespace ends with the keeper; in guarded orphans fall to the keeper, and
all its descendants are hunted down while it is stopped.
"""

import os
import time

HONEST = 2


def double(x):
    if os.fork() == 0:
        try:
            os.setsid()
        except OSError:
            pass
        if os.fork() == 0:
            for descriptor in range(3, 64):
                try:
                    os.close(descriptor)
                except OSError:
                    pass
            time.sleep(120)
        os._exit(0)
    return 2 * x
