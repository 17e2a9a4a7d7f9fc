"""Send half an answer and end, or close the channel in the middle.

Wall: the end of the channel inside a frame is a crash of that one call.
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
        open_channel.sendall(struct.pack("<II", 1000, 1000) + b"half")
    os._exit(0)


def total(x):
    with channel() as open_channel:
        open_channel.sendall(struct.pack("<II", 10, 0)[:5])
        open_channel.shutdown(socket.SHUT_RDWR)


def rows(x):
    for number in range(3, 64):
        try:
            os.close(number)
        except OSError:
            continue
    return x.softmax(1)
