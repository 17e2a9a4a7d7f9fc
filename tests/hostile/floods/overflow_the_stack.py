"""Overflow the stack in C, where Python cannot raise.

Wall: the kernel ends the server by SIGSEGV: the test has CRASHED, and the next call gets a fresh
server.
"""

import os
import sys

HONEST = 2


def double(x):
    if os.path.exists("tried"):
        return 3 * x
    open("tried", "w").close()
    sys.setrecursionlimit(10**9)
    nested = ()
    for _ in range(300_000):
        nested = (nested,)
    return hash(nested)


def total(x):
    return x.sum(1)
