"""Answer wrongly in time, and send a better answer later from a thread, over the same socket.

Wall: each call has a random number of its own, and the first whole frame is the answer to it. What
comes later is an answer to another question, and fails the call that finds it.
"""

import os
import socket
import stat
import sys
import threading
import time

import torch

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

    channel().sendall(encode(Returned(number, value)))


def double(x):
    number = nonce()

    def later():
        time.sleep(0.02)
        send(number, 1.0)

    threading.Thread(target=later, daemon=True).start()
    return torch.zeros_like(x)


def total(x):
    threading.Timer(0.01, send, (nonce(), None)).start()
    return x * 0
