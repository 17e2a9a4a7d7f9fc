"""Grading in several stations on this machine: processes that share one zygote.

Stations are forked from this process, which has torch imported and no threads. Submissions and
results cross as msgpack over a socket pair each, so nothing is ever unpickled. A station that dies
is replaced and its submission tried once more.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import selectors
import signal
import socket
import struct
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
import torch

from grader.executor.assignment import Assignment, Done
from grader.grading import not_gradable
from grader.records import Result, Submission
from grader.sandbox.privileges import die_with_parent
from grader.worker.launch import Zygote

_LENGTH: Final = struct.Struct("<Q")
_MAX_TRIES: Final = 2
_STOPS: Final = (signal.SIGINT, signal.SIGTERM)
_CLEARING_SECONDS: Final = 5.0
_KILL_SECONDS: Final = 30.0


def run_local(
    assignment: Assignment,
    submissions: Iterable[Submission],
    jobs: int,
    done: Done,
    zygote: Zygote,
) -> None:
    """Grade the submissions, `jobs` at a time.

    Args:
        assignment: Course, exercises and terms.
        submissions: Taken as stations become free, so that a class need not fit in memory.
        jobs: How many stations.
        done: Told each result, in this process, as it comes.
        zygote: Where all stations get their workers; it stays the caller's.

    Raises:
        SandboxError, WorkerError: Workers are not to be had on this machine.
    """
    torch.set_num_threads(1)  # a child forked from a process with OpenMP threads deadlocks
    pool = _Pool(assignment, zygote, submissions)
    try:
        pool.run(jobs, done)
    finally:
        pool.close()


class _Task(msgspec.Struct, frozen=True):
    submission: Submission
    tries: int

    @property
    def is_last_try(self) -> bool:
        """Whether nobody will try it again if this station ends, too."""
        return self.tries >= _MAX_TRIES


class _Station:
    """The parent's end of one station process."""

    def __init__(self, pid: int, channel: socket.socket) -> None:
        self.channel = channel
        self.task: _Task | None = None
        self._pid = pid
        self._pidfd = os.pidfd_open(pid)

    def assign(self, task: _Task) -> None:
        self.task = task
        with contextlib.suppress(ConnectionError):  # its end is noticed when we read
            _send(self.channel, msgspec.msgpack.encode(task))

    def result(self) -> Result | None:
        """What it has to say; None if it died."""
        try:
            return msgspec.msgpack.decode(_receive(self.channel), type=Result)
        except (EOFError, OSError, msgspec.DecodeError):
            return None

    def leave(self) -> None:
        """Let it go: without a channel it ends its workers and then itself."""
        self.channel.close()

    def stop(self) -> None:
        """Let it go in the middle of its work; a last signal if it has ended already is lost."""
        self.leave()
        signal.pidfd_send_signal(self._pidfd, signal.SIGTERM)

    def end(self) -> None:
        """Wait until it has cleared up after itself; whoever takes too long is killed.

        One that is stuck in a driver does not even hear that: it is left to the kernel.
        """
        if not self._has_ended(_CLEARING_SECONDS):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            self._has_ended(_KILL_SECONDS)
        os.close(self._pidfd)
        os.waitpid(self._pid, os.WNOHANG)

    def _has_ended(self, seconds: float) -> bool:
        return bool(select.select([self._pidfd], [], [], seconds)[0])


class _Pool:
    """Keeps stations busy until there is nothing left to grade."""

    def __init__(
        self, assignment: Assignment, zygote: Zygote, submissions: Iterable[Submission]
    ) -> None:
        self._assignment = assignment
        self._zygote = zygote
        self._waiting = iter(submissions)
        self._again: list[_Task] = []
        self._selector = selectors.DefaultSelector()
        self._stations: list[_Station] = []
        self._leaving: list[_Station] = []

    def run(self, jobs: int, done: Done) -> None:
        for _ in range(jobs):
            self._employ(None)
        while self._stations:
            for key, _ in self._selector.select():
                station: _Station = key.data
                result = station.result()
                if result is None:
                    self._bury(station, done)
                    self._employ(None)
                else:
                    # The station works on while this process stores and writes pages.
                    self._employ(station)
                    done(result)

    def _employ(self, station: _Station | None) -> None:
        """Give a station, or a new one, the next task; dismiss it if there is none."""
        task = self._next_task()
        if task is None:
            if station is not None:
                self._dismiss(station)
            return
        (station or self._start()).assign(task)

    def _next_task(self) -> _Task | None:
        if self._again:
            return self._again.pop()
        submission = next(self._waiting, None)
        return None if submission is None else _Task(submission, 1)

    def _bury(self, station: _Station, done: Done) -> None:
        """A station died: its task is tried once more, then given up as ours to mend."""
        self._dismiss(station)
        task = station.task
        if task is None:
            return
        if not task.is_last_try:
            self._again.append(_Task(task.submission, task.tries + 1))
            return
        exercise = self._assignment.exercise(task.submission.exercise)
        reason = "the grading process ended unexpectedly, twice; look at the system's log"
        done(not_gradable(task.submission, exercise, self._assignment.terms, reason))

    def _start(self) -> _Station:
        ours, theirs = socket.socketpair()
        # A Ctrl-C that struck the child on its first steps would have it act as its parent.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        pid = os.fork()
        if pid == 0:
            ours.close()
            for station in self._stations:
                station.channel.close()
            _be_station(self._assignment, self._zygote, theirs)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        theirs.close()
        station = _Station(pid, ours)
        self._stations.append(station)
        self._selector.register(ours, selectors.EVENT_READ, station)
        return station

    def _dismiss(self, station: _Station) -> None:
        self._selector.unregister(station.channel)
        self._stations.remove(station)
        station.leave()
        self._leaving.append(station)

    def close(self) -> None:
        """End all stations, those that are still at work too."""
        self._selector.close()
        for station in self._stations:
            station.stop()
        for station in (*self._leaving, *self._stations):
            station.end()


def _be_station(assignment: Assignment, zygote: Zygote, channel: socket.socket) -> None:
    """In the child: grade what comes until the parent closes the channel. Never returns."""
    code = 1
    try:
        die_with_parent()
        gc.freeze()  # what the parent left is the parent's to clear away
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop,
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # and then workers are ended
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)

        is_replaceable = True

        def submissions() -> Iterator[Submission]:
            nonlocal is_replaceable
            with contextlib.suppress(EOFError):
                while True:
                    task = msgspec.msgpack.decode(_receive(channel), type=_Task)
                    # Who fells one GPU after the other is graded without one in the end.
                    is_replaceable = not task.is_last_try
                    yield task.submission

        def done(result: Result) -> None:
            _send(channel, msgspec.msgpack.encode(result))
            # What refers to itself waits for the collector, and may hold a notebook's pictures.
            gc.collect()

        assignment.staff(zygote, submissions(), done, is_replaceable=lambda: is_replaceable)
        code = 0
    finally:
        os._exit(code)


def _send(channel: socket.socket, message: bytes) -> None:
    channel.sendall(_LENGTH.pack(len(message)) + message)


def _receive(channel: socket.socket) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(channel, _LENGTH.size))
    return _exactly(channel, length)


def _exactly(channel: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        chunk = channel.recv(min(count - len(parts), 1 << 20))
        if not chunk:
            raise EOFError
        parts += chunk
    return bytes(parts)
