"""The trusted end of a worker's channel and of its output, both bounded in bytes and in time."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Callable
from typing import Final

from grader.worker.messages import Reply, Request
from grader.worker.wire import PREFIX, decode_reply, encode, encode_head, sizes

_CHUNK: Final = 1 << 20
_KEPT_OUTPUT_BYTES: Final = 16 << 10
_POLL_SECONDS: Final = 0.1


class ChannelEnded(Exception):  # noqa: N818 - the worker's end is no error of ours
    """The process behind the channel closed it: it died, or was never fit to answer."""


class ChannelExpired(Exception):  # noqa: N818 - as above
    """No whole answer came before the deadline."""


class OutputFlooded(Exception):  # noqa: N818 - as above
    """The worker printed more than its limit."""


class Output:
    """What a worker prints: the first bytes are kept, the rest is counted and thrown away."""

    def __init__(self, descriptor: int, limit_bytes: int) -> None:
        self.descriptor = descriptor
        self._limit_bytes = limit_bytes
        self._kept = bytearray()
        self._total_bytes = 0
        os.set_blocking(descriptor, False)

    def drain(self) -> None:
        """Take what there is.

        Raises:
            OutputFlooded: More than the limit since the worker started.
        """
        while True:
            try:
                chunk = os.read(self.descriptor, 1 << 16)
            except BlockingIOError:
                return
            if not chunk:
                return
            self._total_bytes += len(chunk)
            self._kept += chunk[: max(0, _KEPT_OUTPUT_BYTES - len(self._kept))]
            if self._total_bytes > self._limit_bytes:
                raise OutputFlooded

    def start_over(self) -> None:
        """Count from nothing again: another process prints now."""
        self._total_bytes = 0

    def take(self) -> str:
        """The text kept since the last call."""
        text = self._kept.decode("utf-8", errors="replace")
        self._kept.clear()
        return text

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self.descriptor)


class Channel:
    """Requests out, replies in.

    Args:
        connection: The trusted end of a stream socket pair.
        output: Drained while waiting, so that a printing worker is never stuck.
        max_payload_bytes: The largest payload taken.
        watch: Called about ten times a second while waiting; may raise to end the wait.
    """

    def __init__(
        self,
        connection: socket.socket,
        output: Output,
        max_payload_bytes: int,
        watch: Callable[[], None],
    ) -> None:
        self._connection = connection
        self._output = output
        self._max_payload_bytes = max_payload_bytes
        self._watch = watch
        self._watch_at = 0.0
        connection.setblocking(False)

    def send(
        self, request: Request, payload: bytes | bytearray, deadline: float, descriptor: int = -1
    ) -> None:
        """Send one request, with a descriptor if one is given.

        Raises:
            ChannelEnded, ChannelExpired, OutputFlooded: as their names say.
        """
        self._begin(deadline)
        # A large payload is sent as it lies: it is not copied behind its header first.
        is_large = len(payload) > _CHUNK
        head = encode_head(request, payload) if is_large else encode(request, payload)
        try:
            self._send(memoryview(head), deadline, descriptor)
            if is_large:
                self._send(memoryview(payload), deadline)
        except (BrokenPipeError, ConnectionResetError):
            raise ChannelEnded from None

    def _send(self, part: memoryview, deadline: float, descriptor: int = -1) -> None:
        while part.nbytes:
            try:
                if descriptor >= 0:
                    sent = socket.send_fds(self._connection, [part], [descriptor])
                    part, descriptor = part[sent:], -1
                else:
                    part = part[self._connection.send(part) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)

    def receive(self, deadline: float) -> tuple[Reply, bytearray]:
        """The next reply and its payload.

        Raises:
            WireError: What came is not a reply.
            ChannelEnded, ChannelExpired, OutputFlooded: as their names say.
        """
        self._begin(deadline)
        header_bytes, payload_bytes = sizes(
            bytes(self._exactly(PREFIX.size, deadline)), self._max_payload_bytes
        )
        header = self._exactly(header_bytes, deadline)
        payload = self._exactly(payload_bytes, deadline)
        self._output.drain()
        return decode_reply(header, payload_bytes), payload

    def _begin(self, deadline: float) -> None:
        # Asked here as well as while waiting: one who always has more to say is never waited for.
        now = time.monotonic()
        if now >= deadline:
            raise ChannelExpired
        self._watch_at = now + _POLL_SECONDS

    def _exactly(self, count: int, deadline: float) -> bytearray:
        # Grown as bytes arrive: a frame that only claims to be large costs nothing.
        buffer = bytearray()
        while len(buffer) < count:
            try:
                chunk = self._connection.recv(min(count - len(buffer), _CHUNK))
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except ConnectionResetError:
                raise ChannelEnded from None
            if not chunk:
                raise ChannelEnded
            buffer += chunk
        return buffer

    def _wait(self, event: int, deadline: float) -> None:
        """Until the connection is ready, looking after output and limits meanwhile."""
        poller = select.poll()
        poller.register(self._connection, event)
        poller.register(self._output.descriptor, select.POLLIN)
        while True:
            now = time.monotonic()
            left = deadline - now
            if left <= 0:
                raise ChannelExpired
            if now >= self._watch_at:
                self._watch()
                self._watch_at = time.monotonic() + _POLL_SECONDS
            ready = dict(poller.poll(min(left, _POLL_SECONDS) * 1000))
            if self._output.descriptor in ready:
                if ready[self._output.descriptor] & select.POLLIN:
                    self._output.drain()
                else:
                    poller.unregister(self._output.descriptor)
            if self._connection.fileno() in ready:
                return

    def close(self) -> None:
        """Close the connection; the output is another's to close."""
        self._connection.close()
