"""Answer with lists in lists in lists.

Wall: a reply's nesting and number of elements are bounded where it is packed and again where it
is read.
"""

HONEST = 0


def double(x):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    return nested


def total(x):
    return [[] for _ in range(100_000)]


def rows(x):
    endless = []
    endless.append(endless)
    return endless


def label(n):
    return "x" * (8 << 20)
