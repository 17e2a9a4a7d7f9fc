"""The process that reads for the trusted side: confined, without torch, a child for each document.

Run as `python -I -m grader.intake.reader_process FD`. Theory of operation: the process that was
started enters the jail and stays outside the innermost walls, doing nothing but to see that there
is a reader. The reader, its child, is closed in for good before the first document comes. For
each message on the seqpacket socket FD it forks a child, which takes the question and the document
from the descriptor that came along, answers on it and ends. The child's processor time and memory
are limited, it cannot start a process, and it ends with the reader at the latest.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

import msgspec

from grader.errors import IntakeError, SandboxError
from grader.intake.manifest import MANIFEST, pack
from grader.intake.questions import (
    AnyQuestion,
    FindUses,
    ListMembers,
    LookOver,
    ReadText,
    TakeMember,
)
from grader.intake.reader_protocol import (
    CPU_SECONDS,
    MAX_MESSAGE,
    MEMORY_BYTES,
    QUESTION_LENGTH,
    Reply,
    Setup,
    Started,
)
from grader.records import Limits, Tier
from grader.sandbox.jail import Jail
from grader.sandbox.privileges import die_with_parent

_CANNOT_START: Final = 3
_MAX_READERS: Final = 100
"""No document ends the reader itself but by breaking out of Python; whoever can is not let try for
ever."""
_CHILD_SECONDS: Final = 6.0 * CPU_SECONDS
_LOOK_SECONDS: Final = 0.5
_LIMITS: Final = Limits(
    # The reader is there for a whole class; its children are limited one by one.
    submission_seconds=1_000_000.0,
    memory_bytes=MEMORY_BYTES,
    processes=4096,
    scratch_bytes=1 << 20,
)


_QUESTIONS: Final = msgspec.msgpack.Decoder(AnyQuestion)


def main(descriptor: int) -> int:
    """Close in and see that there is a reader, until the other side closes the channel."""
    requests = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    setup = msgspec.msgpack.decode(requests.recv(MAX_MESSAGE), type=Setup)
    try:
        jail = Jail.enter(setup.tier, setup.readable)
        _warm_up()
        for number in range(_MAX_READERS):
            pid = jail.fork()
            if pid == 0:
                _become_reader(requests, jail, setup, is_first=number == 0)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            if code in {0, _CANNOT_START}:
                return code
    except SandboxError as error:
        requests.send(msgspec.msgpack.encode(Started(str(error))))
    return _CANNOT_START


def _warm_up() -> None:
    """Do once what is slow the first time, so that no child need do it."""
    packed = pack({}, student="", course="", created_at="", grade_version="")
    cell = b'{"cells": [{"cell_type": "code", "source": "x = 1"}], "nbformat": 4}'
    for question, document in (
        (ListMembers(), packed),
        (TakeMember(name=MANIFEST), packed),
        (ReadText(filename="x.ipynb"), cell),
        (LookOver(filename="x.py", functions=("x",)), b"def x(): ..."),
        (FindUses(filename="x.py", forbidden={"x": ("torch.softmax",)}), b"def x(): ..."),
    ):
        _QUESTIONS.decode(msgspec.msgpack.encode(question))
        _reply(question, document)
    gc.collect()
    gc.freeze()


def _become_reader(
    requests: socket.socket, jail: Jail, setup: Setup, *, is_first: bool
) -> NoReturn:
    code = 1
    try:
        try:
            jail.confine(_LIMITS, setup.scratch)
        except SandboxError as error:
            if is_first:
                requests.send(msgspec.msgpack.encode(Started(str(error))))
            code = _CANNOT_START
            return  # type: ignore[misc]
        if is_first:
            requests.send(msgspec.msgpack.encode(Started()))
        _serve(requests, setup.tier)
        code = 0
    finally:
        os._exit(code)


def _serve(requests: socket.socket, tier: Tier) -> None:
    poller = select.poll()
    poller.register(requests, select.POLLIN)
    deadlines: dict[int, float] = {}
    while True:
        if poller.poll(_LOOK_SECONDS * 1000 if deadlines else None):
            message, descriptors, _, _ = socket.recv_fds(requests, 1, 1)
            if not message:
                return
            with socket.socket(fileno=descriptors[0]) as channel:
                if pid := _fork(requests, channel, tier):
                    deadlines[pid] = time.monotonic() + _CHILD_SECONDS
        _look_after(deadlines)


def _fork(requests: socket.socket, channel: socket.socket, tier: Tier) -> int:
    """Have a child answer what comes on a channel; its pid, or 0 if there is none."""
    try:
        pid = os.fork()
    except OSError as error:
        with suppress(OSError):
            channel.sendall(msgspec.msgpack.encode(Reply(fault=f"{error.strerror} for a process")))
        return 0
    if pid == 0:
        try:
            requests.close()
            _limit(tier)
            _answer(channel)
        finally:
            os._exit(0)
    return pid


def _look_after(deadlines: dict[int, float]) -> None:
    """Collect children that have ended, and end those that take too long."""
    with suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            deadlines.pop(pid, None)
    now = time.monotonic()
    for pid in [pid for pid, deadline in deadlines.items() if deadline < now]:
        # Where signals are not allowed, it ends by its own limit or with the reader.
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def _limit(tier: Tier) -> None:
    if sys.platform == "linux":
        die_with_parent()
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if tier is not Tier.NONE:
        resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    elif sys.platform == "linux":  # a tier that confines has limited memory already
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _answer(channel: socket.socket) -> None:
    """Take a question and a document, and answer; a failure is an answer cut short."""
    with channel.makefile("rb") as stream:
        (length,) = QUESTION_LENGTH.unpack(stream.read(QUESTION_LENGTH.size))
        question = _QUESTIONS.decode(stream.read(length))
        document = stream.read()
    channel.sendall(_reply(question, document))


def _reply(question: AnyQuestion, document: bytes) -> bytes:
    try:
        reply = Reply(msgspec.Raw(msgspec.msgpack.encode(question.answer(document))))
    except IntakeError as error:
        reply = Reply(refusal=str(error))
    return msgspec.msgpack.encode(reply)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
