"""Stop oneself so that neither time-outs nor closed channels are ever noticed.

Wall: the clock runs on the other side; whoever is stopped is killed all the same, and the next
call gets a fresh server. Where Landlock cannot scope signals none may be sent at all.
"""

import os
import signal
import time

HONEST = 2


def double(x):
    if os.path.exists("tried"):
        return 3 * x
    open("tried", "w").close()
    try:
        os.kill(os.getpid(), signal.SIGSTOP)
    except OSError:
        time.sleep(60)
    return 3 * x


def total(x):
    return x.sum(1)
