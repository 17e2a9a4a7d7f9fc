"""Print without end where errors go, from C and from Python.

Wall: both streams are one pipe, with one limit.
"""

import os

HONEST = 0


def double(x):
    while True:
        os.write(2, b"flood " * 1000)
