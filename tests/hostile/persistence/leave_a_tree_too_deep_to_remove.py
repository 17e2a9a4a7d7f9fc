"""Leave folders nested so deeply that removing them fails.

Wall: in full the scratch folder is a mount that goes with its worker; in guarded too deep a tree
ends the worker, and it is removed level by level without recursion.
"""

import os

HONEST = 0


def double(x):
    for _ in range(3000):
        try:
            os.mkdir("d")
            os.chdir("d")
        except OSError:
            break
    return 3 * x
