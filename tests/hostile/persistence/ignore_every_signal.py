"""Leave a child behind that no signal but the last can end.

Wall: SIGKILL cannot be ignored, and nothing else is used to end a worker.
"""

import os
import signal
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
        for number in range(1, signal.NSIG):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
        until = time.monotonic() + 120
        while time.monotonic() < until:
            time.sleep(1)
        os._exit(0)
    return 2 * x
