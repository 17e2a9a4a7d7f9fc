"""The trusted end of a worker on a GPU, whose servers start the device and load for themselves.

Starting a device takes a second or so. One server is always made ahead, so that a test which asks
for a fresh one finds it there.
"""

from __future__ import annotations

import socket
import time
from typing import Final

from grader.worker.answers import Answer
from grader.worker.channel import Channel
from grader.worker.client import Worker
from grader.worker.endings import Died, Ended, deaths
from grader.worker.messages import Load, Loaded, Raised, Serve
from grader.worker.notebook_messages import Notebook
from grader.worker.numerics import is_of_device
from grader.worker.reception import Reception

START_SECONDS: Final = 60.0
"""What starting the device may take; as a rule a second, on a machine with many GPUs several."""


class PostedWorker(Worker):
    """A worker on a GPU; see `Worker`."""

    _request: Load | None = None
    _ahead: Channel | None = None

    def load(
        self, module: str, filename: str, text: str, notebook: Notebook | None = None
    ) -> Loaded | Ended:
        """Have the first server run the file's top level; `cells` then says what became of each.

        Raises:
            DeviceError: The device does not start.
        """
        limits = self._limits
        seconds = limits.load_seconds if notebook is None else limits.notebook_seconds
        self._request = Load(module, filename, text, seconds, notebook)
        reception: Reception | None = None
        try:
            with deaths():
                deadline = time.monotonic() + START_SECONDS
                self._control.send(self._request, b"", deadline)
                self._server = self._order(deadline)
                self._ahead = self._order(deadline)
                reception = Reception(self._server, self._request, self._meter, START_SECONDS)
                return reception.wait()
        except Died as died:
            self._ended = Ended(
                self._hold.cause(died.reason), None if reception is None else reception.line
            )
            return self._ended
        finally:
            self.cells = () if reception is None else tuple(reception.cells)

    def close(self) -> None:
        """See `Worker`."""
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None
        super().close()

    def _fallen(self, died: Died) -> Ended:
        # Whatever falls takes the server with it that was getting ready.
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None
        return super()._fallen(died)

    def _is_spent(self, answer: Answer) -> bool:
        # A context that has failed once gives every later call the same error.
        is_broken = isinstance(answer, Raised) and is_of_device(answer.kinds, answer.message)
        return is_broken or super()._is_spent(answer)

    def _look(self) -> None:
        """Of processor time nothing follows here: the server that gets ready takes most of it."""
        self._hold.watch()

    def _ready_server(self, deadline: float) -> Channel:
        if self._server is None:
            # A call's own time begins when its server is there, however long that took.
            deadline = max(deadline, time.monotonic() + START_SECONDS)
            request = self._asked()
            self._server, self._ahead = self._ahead or self._order(deadline), None
            self._ahead = self._order(deadline)
            Reception(self._server, request, self._meter, START_SECONDS).wait()
        return self._server

    def _order(self, deadline: float) -> Channel:
        """Ask for one more server; it says on its own channel when it has loaded."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._control.send(Serve(), b"", deadline, descriptor=theirs.fileno())
        self.server_count += 1
        return self._channel(ours)

    def _asked(self) -> Load:
        if self._request is None:
            raise RuntimeError("a worker is asked before it has a file")
        return self._request
