"""Call what is ruled out in a thread, by a reference taken at load.

Wall: the names are patched for every thread of the process, and so are the student's own.
"""

import threading

import torch

HONEST = 0

taken = vars(torch)["diomgis"[::-1]]


def gate(x):
    out = []
    thread = threading.Thread(target=lambda: out.append(taken(x)))
    thread.start()
    thread.join()
    return out[0]
