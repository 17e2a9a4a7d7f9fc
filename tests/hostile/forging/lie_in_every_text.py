"""Answer with and raise objects whose texts raise, never end, print or call the system.

Wall: texts are made in the worker, inside the call's own time, and only for exceptions; the other
side makes its own texts from data.
"""

import os

HONEST = 0


class Text:
    def __repr__(self):
        os.system("true")
        os.kill(os.getpid(), 9)

    __str__ = __format__ = __reduce_ex__ = __getstate__ = __copy__ = __deepcopy__ = __repr__


class Noise(Exception):
    def __str__(self):
        raise KeyboardInterrupt

    @property
    def __traceback__(self):
        raise SystemExit(0)


class Slow(Exception):
    def __str__(self):
        return "x" * 10_000_000


class Named(type):
    __name__ = property(lambda cls: 1 / 0)


class Nameless(Exception, metaclass=Named):
    pass


def double(x):
    return [Text(), {"a": Text()}]


def total(x):
    raise Noise("passed") if x.shape[0] else Slow("passed")


def rows(x):
    raise Nameless("passed")


def label(word):
    raise type("x" * 100_000, (BaseException,), {"__module__": "\ud800"})("\ud800\x00\x1b[2J")
