"""Give back the argument, a view of it, or the argument made right in place.

Wall: the answer is compared with the reference's on a copy that never left the trusted side, and a
changed argument is a mistake of its own.
"""

HONEST = 0


def double(x):
    return x.mul_(2)


def total(x):
    return x


def rows(x):
    return x.view_as(x)


def label(word):
    return word
