"""Frames on a blocking socket: the worker's end of the wire, and the zygote's."""

from __future__ import annotations

import socket

from grader.worker.messages import Reply, Request
from grader.worker.wire import PREFIX, decode_request, encode


def send(channel: socket.socket, message: Reply, payload: bytes | bytearray = b"") -> None:
    """Send one frame, whole."""
    channel.sendall(encode(message, payload))


def receive(channel: socket.socket) -> tuple[Request, bytearray, list[int]] | None:
    """The next request, its payload and any descriptors that came with it; None at the end."""
    prefix, descriptors, _, _ = socket.recv_fds(channel, PREFIX.size, 4)
    if not prefix:
        return None
    if len(prefix) < PREFIX.size:
        prefix += _exactly(channel, PREFIX.size - len(prefix))
    header_bytes, payload_bytes = PREFIX.unpack(prefix)
    header = _exactly(channel, header_bytes)
    return decode_request(header), _exactly(channel, payload_bytes), descriptors


def _exactly(channel: socket.socket, count: int) -> bytearray:
    buffer = bytearray(count)
    view = memoryview(buffer)
    while view.nbytes:
        received = channel.recv_into(view)
        if not received:
            raise EOFError
        view = view[received:]
    return buffer
