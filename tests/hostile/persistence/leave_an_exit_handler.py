"""Work on when the server ends: atexit, finalisers, destructors.

Wall: a server is killed, not asked to leave, and does no work after its last reply.
"""

import atexit
import os
import weakref

HONEST = 2


class Last:
    def __del__(self):
        leave_a_note()


def leave_a_note():
    if os.fork() == 0:
        import time

        time.sleep(120)


KEPT = Last()
atexit.register(leave_a_note)
weakref.finalize(KEPT, leave_a_note)
os.register_at_fork(before=lambda: None, after_in_child=lambda: None)


def double(x):
    return 2 * x
