"""Recurse without end.

Wall: Python's own limit: the test has RAISED.
"""

HONEST = 2


def double(x):
    return double(x)


def total(x):
    return x.sum(1)
