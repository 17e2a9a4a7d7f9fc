"""Tell a bit of an input by giving away the points of a test.

Wall: a bit for each test and submission, paid for in points, about numbers that are drawn anew for
the next file.
"""

HONEST = 6


def double(x):
    return 2 * x


def total(x):
    return x.sum(1)


def rows(x):
    e = (x - x.amax(1, keepdim=True)).exp()
    return e / e.sum(1, keepdim=True)


def label(word):
    return {} if len(word) > 1 else word
