"""Hang, with every signal ignored that could interrupt.

Wall: a server that does not come back in time is ended by SIGKILL from outside.
"""

import os
import signal
import time

HONEST = 2


def double(x):
    if os.path.exists("tried"):
        return 3 * x
    open("tried", "w").close()
    for number in (signal.SIGALRM, signal.SIGPROF, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    while True:
        time.sleep(1)


def total(x):
    return x.sum(1)
