"""Hang at every statement of the file.

Wall: a statement that overruns costs itself, and the file has one limit altogether.
"""

import time

HONEST = 0

while True:
    try:
        time.sleep(1000)
    except BaseException:
        continue
