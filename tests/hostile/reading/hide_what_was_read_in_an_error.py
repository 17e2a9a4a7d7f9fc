"""Carry secrets out in an exception that refers to everything in reach.

Wall: an exception crosses as a few short texts, and in reach is nothing secret. A student's page
shows of a hidden test neither exception nor output.
"""

import gc
import sys

HONEST = 0


class Everything(Exception):
    def __init__(self, *args):
        super().__init__(*args)
        self.everything = gc.get_objects()
        self.__notes__ = [str(sys.modules)]
        self.__cause__ = RuntimeError(str(vars(sys)))

    def __str__(self):
        frame, found = sys._getframe(), []
        while frame is not None:
            found.append(str(frame.f_locals))
            frame = frame.f_back
        return "".join(found[::-1])


def double(x):
    raise Everything(x)


def total(x):
    raise type(f"Error_{x.shape}", (Exception,), {"__module__": str(x)})(x)


def label(word):
    print("the word was", word)
    raise type(word, (KeyError,), {})(word)
