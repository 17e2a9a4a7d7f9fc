"""Hang in C without ever letting go of Python's lock, so that no handler runs.

Wall: the clock runs in another process.
"""

import os
import re

HONEST = 2


def double(x):
    if os.path.exists("tried"):
        return 3 * x
    open("tried", "w").close()
    re.match(r"(a+)+$", "a" * 64 + "b")
    return 3 * x


def total(x):
    return x.sum(1)
