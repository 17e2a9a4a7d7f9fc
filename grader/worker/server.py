"""The server: answers calls of the student's functions until its channel ends. Expendable.

Forked from the keeper with the submission loaded. It holds no test, no expected value and no
verdict; whatever it says is data that the other side judges.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from types import FrameType, ModuleType
from typing import Any, Final

import torch

from grader.forbidden.watch import Watch
from grader.records.limits import PATIENCE
from grader.worker.bounds import MAX_KINDS, MAX_MESSAGE, MAX_NAME, MAX_TRACEBACK
from grader.worker.invoke import BackwardError, invoke
from grader.worker.loading import sendable
from grader.worker.messages import (
    Absent,
    Barred,
    Call,
    Expired,
    Fetch,
    HandleValue,
    Put,
    Raised,
    Returned,
    Sample,
)
from grader.worker.numerics import synchronize
from grader.worker.socket_frames import receive
from grader.worker.values import Packer, Unpacker
from grader.worker.wire import MAX_HEADER_BYTES, PREFIX, encode

_REPEAT_SECONDS: Final = 0.05
"""An interrupted call that swallows the interruption is interrupted again this often."""


class CallExpired(BaseException):
    """The call ran into its time limit; raised inside the student's code."""


class Server:
    """Serves one channel.

    Args:
        module: The loaded submission.
        filename: Its name in tracebacks.
    """

    def __init__(self, module: ModuleType, filename: str) -> None:
        self._module = module
        self._filename = filename
        self._objects: dict[int, object] = {}
        # A handle from the server before this one must not mean another object here.
        self._first_number = os.getpid() << 24

    def serve(self, channel: socket.socket) -> None:
        """Answer requests until the other side closes the channel."""
        signal.signal(signal.SIGPROF, expire)
        signal.signal(signal.SIGALRM, expire)
        while (received := receive(channel)) is not None:
            request, payload, _ = received
            is_bare = isinstance(request, Call | Fetch) and request.device == "meta"
            packer = Packer(self._keep, has_bare=is_bare)
            reply: Returned | Raised | Expired | Barred | Absent
            match request:
                case Call():
                    reply = self._call(request, payload, packer)
                case Fetch():
                    reply = self._fetch(request, packer)
                case Sample():
                    reply = self._sample(request, packer)
                case Put():
                    reply = self._put(request, payload)
                case _:
                    return
            channel.sendall(self._frame(reply, packer.payload))

    def _frame(
        self, reply: Returned | Raised | Expired | Barred | Absent, payload: bytearray
    ) -> bytes:
        """The reply as bytes; if it cannot be written, a reply that says so."""
        try:
            frame = encode(reply, payload)
        except Exception as error:  # noqa: BLE001 - half of a surrogate pair, say, is no text
            return encode(self._raised(reply.nonce, error))
        if PREFIX.unpack_from(frame)[0] > MAX_HEADER_BYTES:
            excess = OverflowError("the answer has too many parts to be handed in")
            return encode(self._raised(reply.nonce, excess))
        return frame

    def _call(
        self, call: Call, payload: bytearray, packer: Packer
    ) -> Returned | Raised | Expired | Barred | Absent:
        watch = Watch(call.forbidden, self._module, self._filename)

        def observe() -> Returned | Absent:
            # Part of the call: on a device even the move of an argument finds out what went wrong.
            unpacker = Unpacker(payload, self._resolve, torch.device(call.device))
            args = [unpacker.unpack(value) for value in call.args]
            kwargs = {name: unpacker.unpack(value) for name, value in call.kwargs.items()}
            function = self._function(call)
            if not callable(function):
                return Absent(call.nonce, is_defined=function is not None)
            seen = invoke(
                watch.over(function),
                args,
                kwargs,
                seed=call.seed,
                gradient_seed=call.gradient_seed,
                repeat=call.repeat,
                watches_changes=not call.keep,
            )
            # What a device still has to do belongs to this call, and so does what goes wrong there.
            synchronize(torch.device(call.device))
            value = (
                HandleValue(self._keep(seen.value), "kept")
                if call.keep
                else packer.pack(seen.value)
            )
            return Returned(
                call.nonce,
                value,
                seen.changed,
                tuple(packer.pack(gradient) for gradient in seen.gradients),
                tuple((key, packer.pack(state)) for key, state in seen.states.items()),
            )

        reply = self._guarded(call.nonce, call.seconds, observe)
        if watch.noted and not isinstance(reply, Expired):
            return Barred(call.nonce, *watch.noted[0])
        return reply

    def _put(self, put: Put, payload: bytearray) -> Returned | Raised | Expired | Absent:
        def keep() -> Returned:
            unpacker = Unpacker(payload, self._resolve, torch.device(put.device))
            kept = tuple(
                HandleValue(self._keep(unpacker.unpack(value)), "kept") for value in put.values
            )
            return Returned(put.nonce, kept[0] if kept else None)

        return self._guarded(put.nonce, 1.0, keep)

    def _fetch(self, fetch: Fetch, packer: Packer) -> Returned | Raised | Expired | Absent:
        item = self._objects.get(fetch.handle)

        def read() -> Returned:
            value = getattr(item, fetch.name)
            if fetch.name == "state_dict" and callable(value):
                value = dict(value())
            return Returned(fetch.nonce, packer.pack(value))

        return self._guarded(fetch.nonce, 1.0, read)

    def _sample(self, sample: Sample, packer: Packer) -> Returned | Raised | Expired | Absent:
        item = self._objects.get(sample.handle)

        def read() -> Returned:
            if not isinstance(item, torch.Tensor):
                return Returned(sample.nonce, packer.pack(item))
            flat = torch.Tensor.detach(item).reshape(-1)[sample.start :: sample.step]
            return Returned(sample.nonce, packer.pack((tuple(item.shape), flat)))

        return self._guarded(sample.nonce, 1.0, read)

    def _guarded(
        self, nonce: int, seconds: float, work: Callable[[], Returned | Absent]
    ) -> Returned | Raised | Expired | Absent:
        """The worker's call boundary: whatever student code does becomes a reply."""
        try:
            try:
                signal.setitimer(signal.ITIMER_PROF, seconds, _REPEAT_SECONDS)
                signal.setitimer(signal.ITIMER_REAL, seconds * PATIENCE, _REPEAT_SECONDS)
                return work()
            finally:
                disarm()
                flush_output()
        except CallExpired as expired:
            disarm()  # it may have struck on the way to the line above
            return Expired(nonce, self._line(expired))
        except BackwardError as error:
            return self._raised(nonce, error.__cause__ or error, while_backward=True)
        except BaseException as error:  # noqa: BLE001 - SystemExit and its kin are answers too
            return self._raised(nonce, error)

    def _raised(self, nonce: int, error: BaseException, *, while_backward: bool = False) -> Raised:
        kinds = tuple(kind.__name__[:MAX_NAME] for kind in type(error).__mro__[:-1])[:MAX_KINDS]
        try:
            message = sendable(str(error)[:MAX_MESSAGE])
        except BaseException:  # noqa: BLE001 - a student's __str__ may raise anything
            message = ""
        frames = self._frames(error)
        text = sendable("".join(traceback.format_list(frames))[-MAX_TRACEBACK:])
        line = frames[-1].lineno if frames else None
        return Raised(nonce, kinds, message, line, text, while_backward)

    def _frames(self, error: BaseException) -> list[traceback.FrameSummary]:
        """The frames of the student's own file, the innermost twenty."""
        every = traceback.extract_tb(error.__traceback__)
        return [frame for frame in every if frame.filename == self._filename][-20:]

    def _line(self, error: BaseException) -> int | None:
        frames = self._frames(error)
        return frames[-1].lineno if frames else None

    def _function(self, call: Call) -> Any:
        if call.handle is None:
            return vars(self._module).get(call.name)
        return getattr(self._objects.get(call.handle), call.name, None)

    def _keep(self, item: object) -> int:
        number = self._first_number + len(self._objects)
        self._objects[number] = item
        return number

    def _resolve(self, value: HandleValue) -> object:
        return self._objects[value.number]


def flush_output() -> None:
    """Let go of what was printed without a newline, so that it is seen with its own call."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # it may be closed, or anything at all
            stream.flush()


def expire(_signal: int, _frame: FrameType | None) -> None:
    """Interrupt student code: the handler of SIGPROF and SIGALRM."""
    raise CallExpired


def disarm() -> None:
    """Let the interruptions end."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)
