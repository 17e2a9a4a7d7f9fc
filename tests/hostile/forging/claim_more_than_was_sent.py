"""Describe tensors that are larger than their bytes, lie outside them or overlap.

Wall: every description is checked against the bytes that came with it before a tensor is made.
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


def send(*claims, payload=b"\0" * 4096):
    from grader.worker.messages import ListValue, Returned, TensorValue
    from grader.worker.wire import encode

    values = tuple(TensorValue(*claim) for claim in claims)
    value = values[0] if len(values) == 1 else ListValue(values)
    with channel() as open_channel:
        open_channel.sendall(encode(Returned(nonce(), value), payload))


def double(x):
    if x.numel() == 3:
        send(("float32", (1 << 40,), "cpu", False, 0, 1 << 42))
    send(("float32", (x.numel(),), "cpu", False, 4096, 4 * x.numel()))


def total(x):
    if x.shape[0] == 0:
        send(("float32", (0, 1 << 62, 1 << 62), "cpu", False, 0, 0))
    send(("float32", (-3,), "cpu", False, 0, -12))


def rows(x):
    if x.shape[1] == 6:
        send(
            ("float32", (1024,), "cpu", False, 0, 4096), ("float32", (1024,), "cpu", False, 0, 4096)
        )
    send(("float32", tuple(x.shape), "cuda:99", False, 1, 4 * x.numel()))


def label(word):
    send(("float32", (4,), "cpu", False, 0, 16, (1 << 40,)))
