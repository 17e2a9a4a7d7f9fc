"""Send headers that are no messages: wrong types, deep nests, numbers that are none.

Wall: msgspec decodes to the types that exist and to nothing else; whatever fails is a crash of the call.
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


NOISE = [
    b"\xc1",
    b"\x91" * 5000 + b"\xc0",
    b"\xdd\xff\xff\xff\xff",
    b"\xdb\xff\xff\xff\xff",
    b"\x95\xa8Returned\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00\xc0\x90\x90",
    b"\x96\xa8Returned\xcf\xff\xff\xff\xff\xff\xff\xff\xff\xc0\x90\x90\x90",
    b"\x93\xa6Loaded\x90\x90\xc0",
    b"\x92\xa7Loading\xff",
    b"",
    b"\xc7\x08\x01" + b"x" * 8,
]
COUNT = [0]


def send(header, payload=b""):
    with channel() as open_channel:
        prefix = struct.pack("<II", len(header), len(payload))
        open_channel.sendall(prefix + header + payload)


def double(x):
    send(NOISE[int(x.numel() == 3)])


def total(x):
    send(NOISE[2 + int(x.shape[0] == 0)])


def rows(x):
    send(NOISE[4 + int(x.shape[1] == 6)])


def label(word):
    send(NOISE[6 + len(word) % 4])
