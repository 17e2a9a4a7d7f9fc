"""Tell an input by how long the answer takes, a bit for each call.

Wall: a student may read how long a test took. It says a bit or two about numbers that are drawn
anew for the next file, and costs a submission. Nothing that could be told is an answer.
"""

import time

HONEST = 8


def told(what):
    time.sleep(0.05 if "-" in str(what) else 0.0)


def double(x):
    told(x)
    return 2 * x


def total(x):
    told(x)
    return x.sum(1)


def rows(x):
    told(x)
    e = (x - x.amax(1, keepdim=True)).exp()
    return e / e.sum(1, keepdim=True)


def label(word):
    told(word)
    return {letter: word.count(letter) for letter in word}
