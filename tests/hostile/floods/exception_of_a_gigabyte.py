"""Raise an exception whose text is larger than the grader's memory.

Wall: texts are cut before they are sent, and bounded where they are read.
"""

HONEST = 0


class Long(Exception):
    def __str__(self):
        return "x" * (64 << 20)


def double(x):
    raise ValueError("x" * (64 << 20))


def total(x):
    raise Long


def rows(x):
    raise type("E" * 1_000_000, (Exception,), {})("named at length")
