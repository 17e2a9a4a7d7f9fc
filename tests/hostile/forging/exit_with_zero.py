"""End the process with the exit code of success, as if all tests had passed.

Wall: an exit code says nothing; a server that ends without an answer has crashed.
"""

import os

HONEST = 2


def double(x):
    os._exit(0)


def total(x):
    return x.sum(1)


def rows(x):
    raise SystemExit(0)


def label(word):
    exit(0)
