"""Replace the worker's own half of the wire, so that every reply claims what the student likes.

Wall: the other side decodes with its own code, type by type and bound by bound. A reply can only
hold data; there is no field for a verdict.
"""

import sys

HONEST = 0


def conquer():
    from grader.worker import messages, server, socket_frames, values, wire

    def lie(self, call, payload, packer):
        return messages.Returned(call.nonce, {"verdict": "passed", "points": 8.0}.__repr__())

    server.Server._call = lie
    server.encode = wire.encode
    values.Packer.pack = lambda self, item, depth=12: True
    wire.MAX_HEADER_BYTES = 1 << 40
    socket_frames.MAX_HEADER_BYTES = 1 << 40
    sys.modules["msgspec"].msgpack.encode = lambda *_: b"\xc3"
    sys.modules["msgspec"].msgpack.Encoder.encode = None


try:
    conquer()
except (TypeError, AttributeError):
    pass


def double(x):
    return x


def label(word):
    return word
