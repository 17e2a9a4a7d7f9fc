"""Answer with keys that occur twice, are no data, are equal without being the same, or are NaN.

Wall: keys are plain data, counted and compared with their kinds; what is no plain data stays in the
worker.
"""

import os
import socket
import stat
import sys

HONEST = 0


def reply(value):
    """Send an answer as bytes: a dict of Python's could not hold what this one does."""
    from grader.worker.messages import Returned
    from grader.worker.wire import encode

    frame = sys._getframe()
    while "call" not in frame.f_locals or not hasattr(frame.f_locals["call"], "nonce"):
        frame = frame.f_back
    for number in range(64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as channel:
                    channel.sendall(encode(Returned(frame.f_locals["call"].nonce, value)))
        except OSError:
            continue


def double(x):
    from grader.worker.messages import DictValue, ListValue

    reply(DictValue(((ListValue(()), 1),)))


def total(x):
    from grader.worker.messages import DictValue

    reply(DictValue(tuple((float("nan"), n) for n in range(1000))))


def rows(x):
    return {x: x, (1, 2): 3, frozenset(): 4}


def label(word):
    from grader.worker.messages import DictValue

    if len(word) > 8:
        return {True: 1, 1.5: 2, None: 3}
    pairs = tuple((letter, word.count(letter)) for letter in word)
    reply(DictValue((*pairs, *pairs, (word[0], -1))))
