"""The trusted end: a worker that holds one submission, and its answers as plain data.

Everything a worker can do, dying included, comes back as a value. Exceptions here are ours.
"""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import torch

from grader.errors import WorkerError
from grader.records.limits import PATIENCE, Limits
from grader.worker.answers import Answer, answer_of
from grader.worker.channel import Channel, ChannelEnded, Output, OutputFlooded
from grader.worker.endings import Died, Ended, Reason, deaths
from grader.worker.hold import Hold
from grader.worker.invoke import Observation
from grader.worker.messages import (
    Call,
    Expired,
    Fetch,
    Load,
    Loaded,
    Put,
    Raised,
    Sample,
    Serve,
    Unfit,
)
from grader.worker.meter import Meter
from grader.worker.notebook_messages import Notebook, Ran
from grader.worker.reception import Reception
from grader.worker.values import Handle, Packer

_LOOK_SECONDS: Final = 0.5
"""A worker may be busy between calls; how often to look what it uses when no call takes long."""
_GRACE_SECONDS: Final = 0.5
"""How long after its own interruption a server may take to say so before it is killed."""
_CROWDED_OUT: Final = (
    "no process was left for a worker: others that run as the same user take all there may be. "
    "Grade it again, with fewer --jobs; in tier full, or as root, no worker can do that to another"
)


class Worker:
    """One confined process tree with one student's file.

    Args:
        control: The trusted end of the keeper's channel.
        output: What the worker prints.
        limits: What it may use.
        hold: What watches, clears and ends its processes.
    """

    def __init__(
        self,
        control: socket.socket,
        output: Output,
        limits: Limits,
        hold: Hold,
    ) -> None:
        self._output = output
        self._limits = limits
        self.cpu_seconds = hold.cpu_seconds
        self._hold = hold
        self._meter = Meter(hold)
        self._control = self._channel(control)
        self._server: Channel | None = None
        self._ended: Ended | None = None
        self._is_warned = False
        self._looked_at = time.monotonic()
        self._is_closed = False
        self.server_count = 0
        self.cells: tuple[Ran, ...] = ()

    def load(
        self, module: str, filename: str, text: str, notebook: Notebook | None = None
    ) -> Loaded | Ended:
        """Run the file's top level in the keeper, once; `cells` then says what became of each."""
        limits = self._limits
        seconds = limits.load_seconds if notebook is None else limits.notebook_seconds
        request = Load(module, filename, text, seconds, notebook)
        reception = Reception(self._control, request, self._meter)
        try:
            with deaths():
                self._control.send(request, b"", reception.deadline)
                # Asked for now, forked as soon as the file is loaded.
                self._ready_server(reception.deadline)
                return reception.wait()
        except Died as died:
            self._ended = Ended(self._hold.cause(died.reason), reception.line)
            return self._ended
        finally:
            self.cells = tuple(reception.cells)

    def call(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], **options: Any
    ) -> Answer:
        """`begin` a call and wait for its answer."""
        return self.begin(name, args, kwargs, **options)()

    def begin(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        seed: int,
        device: str = "cpu",
        handle: Handle | None = None,
        gradient_seed: int | None = None,
        repeat: int = 1,
        is_kept: bool = False,
        seconds: float | None = None,
        forbidden: tuple[str, ...] = (),
    ) -> Callable[[], Answer]:
        """Call a function of the submission, or a method of an object behind a handle.

        The call is on its way when this returns; what it gives waits for the answer. Tensors among
        the arguments are copied on their way; yours stay as they are.
        """
        packer = Packer(_no_handles, keeps_layout=True, has_bare=device == "meta")
        limit = self._limits.call_seconds if seconds is None else seconds
        request = Call(
            nonce=secrets.randbits(62),
            name=name,
            args=tuple(packer.pack(item) for item in args),
            kwargs={key: packer.pack(item) for key, item in kwargs.items()},
            seconds=limit,
            seed=seed,
            device=device,
            handle=None if handle is None else handle.number,
            gradient_seed=gradient_seed,
            repeat=repeat,
            keep=is_kept,
            forbidden=forbidden,
        )
        return self._begin(request, packer.payload, limit, torch.device(device))

    def put(self, value: Any, device: str = "cpu") -> Handle | Raised | Ended:
        """Leave a value in the server, so that later calls need not carry it."""
        packer = Packer(_no_handles, keeps_layout=True)
        request = Put(secrets.randbits(62), device, (packer.pack(value),))
        answer = self._begin(request, packer.payload, self._limits.call_seconds)()
        if isinstance(answer, Observation) and isinstance(answer.value, Handle):
            return answer.value
        return answer if isinstance(answer, Raised | Ended) else Ended(Reason.GARBAGE)

    def sample(self, handle: Handle, start: int, step: int, device: str) -> Answer:
        """What a handle stands for; of a tensor its shape and every `step`-th number."""
        request = Sample(secrets.randbits(62), handle.number, start, step)
        return self._begin(request, b"", self._limits.call_seconds, torch.device(device))()

    def fetch(self, handle: Handle, name: str, device: str = "cpu") -> Answer:
        """An attribute of an object behind a handle; "state_dict" is called."""
        request = Fetch(secrets.randbits(62), handle.number, name, device)
        return self._begin(request, b"", self._limits.call_seconds, torch.device(device))()

    def refresh(self) -> None:
        """Start the next call in a fresh process, as it was right after loading."""
        if self._server is not None:
            self._server.close()
            self._server = None
            self._output.start_over()

    def take_output(self) -> str:
        """What was printed since the last time, bounded."""
        try:
            self._output.drain()
        except OutputFlooded:
            self.refresh()  # the next server gets its own allowance; this one is done for
        return self._output.take()

    def close(self) -> None:
        """End the worker: no process of it is left.

        Raises:
            SandboxError: A process did not end.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self.refresh()
        try:
            # Before its channel closes: a keeper that ends by itself lets its children go.
            self._hold.end()
        finally:
            self._control.close()
            self._output.close()

    def _look(self) -> None:
        """End a worker that uses too much."""
        self._meter.look()

    def _begin(
        self,
        request: Call | Fetch | Sample | Put,
        payload: bytearray | bytes,
        seconds: float,
        home: torch.device | None = None,
        *,
        is_again: bool = False,
    ) -> Callable[[], Answer]:
        """Send a request; what is returned waits for the answer.

        Raises, then or when it waits:
            WorkerError: There is no server to be had, and other workers are to blame.
        """
        if self._ended is not None:
            ended = self._ended
            return lambda: ended
        now, patience = time.monotonic(), seconds * PATIENCE + _GRACE_SECONDS
        self._meter.allow(seconds + _GRACE_SECONDS)
        try:
            with deaths():
                if now - self._looked_at > _LOOK_SECONDS:
                    self._hold.watch()
                    self._looked_at = now
                server = self._ready_server(now + patience)
                deadline = time.monotonic() + patience  # the server may have had to be waited for
                with suppress(ChannelEnded):  # the last word on it has still to be read
                    server.send(request, payload, deadline)
        except Died as died:
            fallen = self._fallen(died)
            return lambda: fallen

        def finish() -> Answer:
            answer = self._finish(server, request.nonce, deadline, home)
            if not isinstance(answer, Unfit):
                return answer
            # What is left of earlier servers goes with it, and may have been in the way.
            ended = self._fallen(Died(Reason.GARBAGE))
            if not is_again:
                return self._begin(request, payload, seconds, home, is_again=True)()
            if self._hold.is_crowded_out():  # a worker's own word is hearsay
                raise WorkerError(_CROWDED_OUT)
            return ended

        return finish

    def _finish(
        self, server: Channel, nonce: int, deadline: float, home: torch.device | None
    ) -> Answer | Unfit:
        # Whoever asked may have been busy meanwhile: an answer that lies ready is never too late.
        deadline = max(deadline, time.monotonic() + _GRACE_SECONDS)
        try:
            with deaths():
                reply, payload = server.receive(deadline)
                if isinstance(reply, Unfit):
                    return reply
                answer = answer_of(reply, payload, nonce, home)
        except Died as died:
            return self._fallen(died)
        self._is_warned = False
        if self._is_spent(answer):
            self.refresh()
        return answer

    def _is_spent(self, answer: Answer) -> bool:
        return isinstance(answer, Expired)  # its server is good for no other call

    def _fallen(self, died: Died) -> Ended:
        """The server ended; the next call gets a new one, unless the whole tree is to blame."""
        reason = self._hold.cause(died.reason)
        self.refresh()
        # Whatever the server started goes with it, so that it costs no other test.
        self._hold.clear()
        if reason in (Reason.MEMORY, Reason.DISK):
            # If the server was not the one to blame, nothing of the tree can be trusted to stop.
            if self._is_warned:
                self._ended = Ended(reason)
            self._is_warned = True
        return Ended(reason)

    def _ready_server(self, deadline: float) -> Channel:
        if self._server is None:
            ours, theirs = socket.socketpair()
            with theirs:
                self._control.send(Serve(), b"", deadline, descriptor=theirs.fileno())
            self._server = self._channel(ours)
            self.server_count += 1
        return self._server

    def _channel(self, connection: socket.socket) -> Channel:
        return Channel(connection, self._output, self._limits.reply_bytes, self._look)


def _no_handles(item: object) -> int:
    raise TypeError(f"an argument of type {type(item).__name__} cannot be sent to a worker")
