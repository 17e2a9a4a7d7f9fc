"""What a worker uses while it is waited for, its processor time above all.

Student code is interrupted in its own process. What does not hear that, since it blocks signals or
never leaves C code, is known from outside by the processor time it goes on to use.
"""

from __future__ import annotations

import math

from grader.worker.endings import LimitExceeded, Reason
from grader.worker.hold import Hold


class Meter:
    """Looks what one worker uses.

    Args:
        hold: What knows its processes.
    """

    def __init__(self, hold: Hold) -> None:
        self._hold = hold
        self._limit = math.inf
        self._before: float | None = None

    def allow(self, seconds: float) -> None:
        """From now on its processes may use so much of the processor together."""
        self._limit, self._before = seconds, None

    def look(self) -> None:
        """Look once.

        Raises:
            LimitExceeded: They use more than they may.
        """
        self._hold.watch()
        used = self._hold.cpu_seconds()
        if self._before is None:
            self._before = used
        elif used - self._before > self._limit:
            raise LimitExceeded(Reason.HUNG)
