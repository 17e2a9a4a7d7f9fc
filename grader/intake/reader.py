"""Who takes documents apart: this process, or a confined one that is asked over a socket.

A class hands in zips, notebooks and texts that may be made to harm whoever parses them. So a class
is read by a process of its own, closed in as a worker is and without torch, which forks a child for
each document. What comes back is bounded, and decoded into exact types. A document that crashes its
child, or takes too long or too much memory, is an `IntakeError` about that document and nothing
else. A student's own files on the student's own machine are read by `OWN`.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Final, Protocol, Self, TypeVar

import msgspec

from grader.errors import IntakeError, SandboxError, WorkerError
from grader.intake.notebook import is_notebook
from grader.intake.questions import Question, ReadText
from grader.intake.reader_protocol import (
    CPU_SECONDS,
    MAX_MESSAGE,
    MEMORY_BYTES,
    QUESTION_LENGTH,
    Reply,
    Setup,
    Started,
)
from grader.intake.reading import Reading, read_text
from grader.records import Submission, Tier
from grader.sandbox.jail import python_paths
from grader.sandbox.privileges import NOBODY
from grader.sandbox.scratch import Scratch

Answer = TypeVar("Answer")

_PROGRAM: Final = "grader.intake.reader_process"
_START_SECONDS: Final = 60.0
_ANSWER_SECONDS: Final = 6 * CPU_SECONDS
"""On the clock, for the machine may be busy."""
_CHUNK_BYTES: Final = 1 << 20
_ROOM_BYTES: Final = 1 << 16
"""What a reply has beside its answer: above all, a refusal's text."""
_OVERRUN: Final = (
    f"reading it took more than {CPU_SECONDS} seconds or {MEMORY_BYTES >> 20} MiB of memory, or "
    "ended the process that read it. Save it again with the program that made it."
)


class Reader(Protocol):
    """Answers questions about documents."""

    def ask(self, question: Question[Answer], document: Iterable[bytes]) -> Answer:
        """Have a document taken apart.

        Args:
            question: What is to be found out.
            document: Its bytes, in pieces.

        Raises:
            IntakeError: The document is not what it should be, or could not be read within bounds.
            WorkerError, SandboxError: Nobody could be asked; not the document's fault.
        """
        ...


class _OwnReader:
    """Answers in this process: for files of the person who runs it."""

    def ask(self, question: Question[Answer], document: Iterable[bytes]) -> Answer:
        """See `Reader`."""
        return question.answer(b"".join(document))


OWN: Final[Reader] = _OwnReader()


def read_by(reader: Reader, submission: Submission) -> Reading:
    """Read a submission; what a student handed in is data, so a broken document is a reading, too.

    Decoding the text of a file needs no reader: it is a loop over bytes. A notebook does.

    Raises:
        WorkerError, SandboxError: The reader cannot be asked.
    """
    if submission.source is None or not is_notebook(submission.filename):
        return read_text(submission)
    try:
        return reader.ask(ReadText(filename=submission.filename), [submission.source])
    except IntakeError as error:
        return Reading(text="", cells=(), problem=f"The notebook is not read: {error}")


class ConfinedReader:
    """Answers in a confined process. It starts at once, in the background.

    Forked children may ask it, too, but only who made it closes it.

    Args:
        tiers: How it may be confined, the best first; the first that holds is taken.
    """

    def __init__(self, tiers: Sequence[Tier]) -> None:
        self._tiers = tuple(tiers)
        self._is_ready = False
        self._scratch = Scratch.make(NOBODY if os.geteuid() == 0 else None)
        self._start(self._tiers[0])

    def wait_ready(self) -> Tier:
        """Until it is closed in; gives the tier that holds.

        Raises:
            SandboxError: None of the tiers holds here.
            WorkerError: It does not start.
        """
        reasons = []
        while not self._is_ready:
            started = self._started()
            if started.error is None:
                self._is_ready = True
                break
            reasons.append(f"{self._tier}: {started.error}")
            self._end()
            left = self._tiers[self._tiers.index(self._tier) + 1 :]
            if not left:
                raise SandboxError(
                    "what students handed in cannot be read in confinement on this machine, so "
                    f"nothing is graded. {' '.join(reasons)} `grade doctor` says what is missing; "
                    "--allow-unsandboxed grades without a sandbox."
                )
            self._start(left[0])
        return self._tier

    def ask(self, question: Question[Answer], document: Iterable[bytes]) -> Answer:
        """See `Reader`."""
        self.wait_ready()
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                try:
                    socket.send_fds(self._requests, [b"?"], [theirs.fileno()])
                except OSError as error:
                    raise WorkerError(
                        f"the process that reads what was handed in is gone ({error.strerror}); "
                        "run the command again"
                    ) from None
            limit = question.max_answer_bytes + _ROOM_BYTES
            try:
                _send(ours, question, document)
                answer = _receive(ours, limit)
                reply = msgspec.msgpack.decode(answer, type=Reply)
                if reply.fault is None and reply.refusal is None:
                    return msgspec.msgpack.decode(reply.answer, type=question.answer_type)
            except (OSError, msgspec.DecodeError, RecursionError):
                raise IntakeError(_OVERRUN) from None
        if reply.fault is not None:
            raise WorkerError(f"what was handed in could not be read: {reply.fault}")
        raise IntakeError(reply.refusal)

    def close(self) -> None:
        """End it, and whatever it is still reading."""
        self._end()
        self._scratch.remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self, tier: Tier) -> None:
        self._tier = tier
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-m", _PROGRAM, str(theirs.fileno())],
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # out of reach of the terminal's signals
            )
        setup = Setup(tier, python_paths(), str(self._scratch.path))
        with contextlib.suppress(OSError):  # if it has ended, that is noticed when it is asked
            self._requests.send(msgspec.msgpack.encode(setup))

    def _started(self) -> Started:
        self._requests.settimeout(_START_SECONDS)
        try:
            return msgspec.msgpack.decode(self._requests.recv(MAX_MESSAGE), type=Started)
        except (OSError, msgspec.DecodeError):
            raise WorkerError(
                "the process that reads what was handed in does not start; see what "
                f"'{sys.executable} -I -c \"import {_PROGRAM}\"' says"
            ) from None
        finally:
            self._requests.settimeout(None)

    def _end(self) -> None:
        self._requests.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _send(channel: socket.socket, question: Question[Answer], document: Iterable[bytes]) -> None:
    said = msgspec.msgpack.encode(question)
    channel.settimeout(_ANSWER_SECONDS)
    channel.sendall(QUESTION_LENGTH.pack(len(said)) + said)
    for chunk in document:
        channel.sendall(chunk)
    channel.shutdown(socket.SHUT_WR)


def _receive(channel: socket.socket, limit: int) -> bytearray:
    """All that is said until the other side closes, up to a limit and for a limited time."""
    deadline = time.monotonic() + _ANSWER_SECONDS
    answer = bytearray()
    while len(answer) <= limit:
        channel.settimeout(max(deadline - time.monotonic(), 0.001))
        chunk = channel.recv(_CHUNK_BYTES)
        if not chunk:
            return answer
        answer += chunk
    raise OSError("a longer answer than there can be")
