"""Workers asked for ahead: the next one is forked and confined while this one is examined."""

from __future__ import annotations

from grader.records.limits import Limits
from grader.worker.client import Worker
from grader.worker.launch import PendingWorker, Zygote


class Crew:
    """Hires workers from one zygote, one ahead of need.

    Args:
        zygote: Where workers come from; several crews may share one.
    """

    def __init__(self, zygote: Zygote) -> None:
        self._zygote = zygote
        self._next: PendingWorker | None = None

    def hire(self, limits: Limits) -> Worker:
        """A fresh worker with these limits.

        Raises:
            SandboxError, WorkerError: There is none to be had.
        """
        pending, self._next = self._next, None
        if pending is not None and pending.limits != limits:
            pending.discard()
            pending = None
        worker = (pending or self._zygote.request(limits)).ready()
        self._next = self._zygote.request(limits)
        return worker

    def close(self) -> None:
        """Send the one that waits home."""
        if self._next is not None:
            self._next.ready().close()
            self._next = None
