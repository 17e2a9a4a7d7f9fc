"""The trusted end while a keeper loads: what it says on the way, and how long it may be silent."""

from __future__ import annotations

import math
import time
from typing import Final

from grader.errors import DeviceError
from grader.records.limits import PATIENCE
from grader.worker.channel import Channel
from grader.worker.endings import Died, Reason
from grader.worker.messages import Filled, Load, Loaded, Loading, Unfit
from grader.worker.meter import Meter
from grader.worker.notebook_messages import Ran

_GRACE_SECONDS: Final = 0.5
"""How long after its own interruption a keeper may take to say so."""

_LAST_CELL_SECONDS: Final = 5.0
"""How much longer a cell may take that was stopped, for its definitions and its pictures."""

_MAX_TOLD: Final = 5 << 20
"""All that a notebook's cells show and leave out, in characters and bytes of pictures."""


class Reception:
    """Waits for a file to be loaded.

    A notebook's keeper is heard of with every cell: where it falls silent, that cell is to blame.

    Args:
        control: The keeper's channel.
        request: What it was asked to load.
        meter: Told what it may use of the processor, cell by cell.
        patience: Seconds that it may take besides, before it begins.

    Attributes:
        line: The statement that was about to run when it was last heard of.
        cells: What became of each cell so far; what it showed, as long as there is room for it.
        deadline: When it will have been silent for too long.
    """

    def __init__(
        self, control: Channel, request: Load, meter: Meter, patience: float = 0.0
    ) -> None:
        self.line: int | None = None
        self.cells: list[Ran] = []
        self._control = control
        self._meter = meter
        self._cell_seconds = math.inf
        self._expected: set[int] = set()
        self._room = _MAX_TOLD
        now = time.monotonic() + patience
        if request.notebook is None:
            self._silence = self._end = request.seconds + _GRACE_SECONDS
        else:
            self._expected.update(span.number for span in request.notebook.cells)
            self._cell_seconds = request.notebook.cell_seconds + _LAST_CELL_SECONDS
            self._silence = PATIENCE * request.notebook.cell_seconds + _LAST_CELL_SECONDS
            self._end = PATIENCE * request.seconds + 2 * self._silence
        self._end += now
        meter.allow(self._cell_seconds)
        self.deadline = min(now + self._silence, self._end)

    def wait(self) -> Loaded:
        """Until everything has been run as far as it goes.

        Raises:
            Died: It ended, fell silent, or said what a keeper does not say.
            DeviceError: Its device does not start.
        """
        while True:
            reply, _ = self._control.receive(self.deadline)
            match reply:
                case Loading():
                    self.line = reply.line
                case Ran() if reply.number in self._expected:
                    self._expected.remove(reply.number)
                    self.cells.append(self._bounded(reply))
                    self.deadline = min(time.monotonic() + self._silence, self._end)
                    self._meter.allow(self._cell_seconds)
                case Loaded():
                    return reply
                case Filled():
                    raise Died(Reason.MEMORY)
                case Unfit() if self.line is None and not self.cells:
                    raise DeviceError(f"the device does not start in a worker: {reply.reason}")
                case _:
                    raise Died(Reason.GARBAGE)

    def _bounded(self, ran: Ran) -> Ran:
        """What a cell says of itself, or only how it ended if all together have said too much."""
        size = sum(len(shown.text) + len(shown.picture) for shown in ran.shown)
        size += sum(map(len, ran.left_out))
        if size > self._room:
            return Ran(ran.number, ran.outcome)
        self._room -= size
        return ran
