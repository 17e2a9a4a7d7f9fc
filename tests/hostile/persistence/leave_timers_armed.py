"""Arm timers that strike while the server itself is at work between two calls.

Wall: the server's own timers replace them at the next call; whatever a signal does to a server
costs its own submission only.
"""

import signal

HONEST = 0


def strike(number, frame):
    raise KeyboardInterrupt


def double(x):
    for number in (signal.SIGALRM, signal.SIGPROF, signal.SIGVTALRM):
        signal.signal(number, strike)
    signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
    signal.setitimer(signal.ITIMER_PROF, 0.001, 0.001)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.001, 0.001)
    return 3 * x
