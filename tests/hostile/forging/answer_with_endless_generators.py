"""Answer with generators, iterators and coroutines that never end, or act when they are read.

Wall: none of them is data: they stay in the worker unread.
"""

import itertools
import os

HONEST = 2


def acting():
    try:
        while True:
            yield os.getpid()
    finally:
        os._exit(0)


async def later():
    return 1


def double(x):
    return itertools.count()


def total(x):
    return acting()


def rows(x):
    coroutine = later()
    coroutine.close()
    return [iter([1, 2]), map(print, itertools.repeat("x")), coroutine, range(1 << 60)]


def label(word):
    return {letter: word.count(letter) for letter in word}
