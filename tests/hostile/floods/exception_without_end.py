"""Raise an exception whose text, chain or class never ends.

Wall: whatever happens while an exception is told is bounded by the call's own time.
"""

import os

HONEST = 0


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def double(x):
    if os.path.exists("tried"):
        return 3 * x
    open("tried", "w").close()
    raise Endless


def total(x):
    first = ValueError("first")
    second = ValueError("second", first)
    first.__cause__, second.__cause__ = second, first
    raise first


def rows(x):
    raise ExceptionGroup("many", [ValueError(str(index)) for index in range(100_000)])
