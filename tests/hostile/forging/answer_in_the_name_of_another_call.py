"""Answer with the number of another call, and with numbers that are close to the right one.

Wall: only the number of the call counts.
"""

import os
import socket
import stat
import struct
import sys

HONEST = 0


def channel():
    for number in range(64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                return socket.socket(fileno=os.dup(number))
        except OSError:
            continue


def nonce():
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if isinstance(getattr(value, "nonce", None), int):
                return value.nonce
        frame = frame.f_back


def send(number, value):
    from grader.worker.messages import Returned
    from grader.worker.wire import encode

    with channel() as open_channel:
        open_channel.sendall(encode(Returned(number, value)))


def double(x):
    send(nonce() ^ 1, None)
    return x * 2


def total(x):
    send(-nonce(), None)
    return x.sum(1)


def rows(x):
    send(0, None)
    return x.softmax(1)


def label(word):
    send(nonce() + (1 << 62), None)
    return {letter: word.count(letter) for letter in word}
