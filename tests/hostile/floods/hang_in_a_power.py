"""Compute a number that has ten billion digits.

Wall: the clock runs in another process; so does the limit on memory.
"""

import os

HONEST = 2


def double(x):
    if os.path.exists("tried"):
        return 3 * x
    open("tried", "w").close()
    return 10**10**10


def total(x):
    return x.sum(1)
