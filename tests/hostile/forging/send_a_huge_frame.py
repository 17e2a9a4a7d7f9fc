"""Announce a frame of four gigabytes and let the grader make room for it.

Wall: a size is checked before a byte of it is read; a buffer grows as bytes arrive.
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


def double(x):
    with channel() as open_channel:
        open_channel.sendall(struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + b"x" * 1000)


def total(x):
    with channel() as open_channel:
        open_channel.sendall(struct.pack("<II", 100, 0xFFFFFFFF) + b"x" * 1000)


def rows(x):
    # As large as may be: the header is noise.
    with channel() as open_channel:
        open_channel.sendall(struct.pack("<II", 1 << 20, 0) + b"\x92" * (1 << 20))
