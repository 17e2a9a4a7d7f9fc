"""Raise signals as fast as they come.

Wall: they reach nobody outside; what they do to the server is bounded by its time.
"""

import os
import signal
import threading

HONEST = 2
MAY_COST_ITSELF = True


def double(x):
    def storm():
        while True:
            try:
                os.kill(0, signal.SIGURG)
            except OSError:
                return

    for _ in range(3):
        try:
            threading.Thread(target=storm, daemon=True).start()
        except RuntimeError:
            pass
    return 2 * x
