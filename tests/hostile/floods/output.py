"""Print without end.

Wall: output beyond the limit ends the server; 16 KiB are kept.
"""

import sys

HONEST = 2


def double(x):
    while True:
        sys.stdout.write("flood " * 1000)


def total(x):
    return x.sum(1)
