"""Hang, and swallow the interruption.

Wall: the second interruption is no question: SIGKILL from outside.
"""

import os

HONEST = 2


def double(x):
    if os.path.exists("tried"):
        return 3 * x
    open("tried", "w").close()
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue


def total(x):
    return x.sum(1)
