"""Answer, and go on in a thread and a child that write over the answer and the server's state.

Wall: what is sent is sent. What a thread does to later calls costs those calls; a fresh server is
forked from the untouched keeper.
"""

import gc
import os
import threading
import time

HONEST = 2


def spoil():
    time.sleep(0.01)
    for item in gc.get_objects():
        if type(item).__name__ == "Server":
            item._objects = None
            item._module = None


def double(x):
    try:
        child = os.fork()
    except OSError:
        return 2 * x
    if child == 0:
        try:
            spoil()
        finally:
            os._exit(0)
    return 2 * x


def rows(x):
    try:
        threading.Thread(target=spoil, daemon=True).start()
    except RuntimeError:
        pass
    return x
