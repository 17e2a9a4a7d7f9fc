"""What of a notebook is not run again, since it ended Python or would not be interrupted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from grader.worker.endings import Reason

_MANY: Final = 2
"""If more cells end Python, only what they define is run of all of them."""
_PATIENCE: Final = 4
"""How often a notebook is run again: each time may last until a time limit."""


class Care(msgspec.Struct, frozen=True):
    """What a notebook is run without, since it ended Python before.

    Attributes:
        reduced: The numbers of cells of which only what they define is run.
        skipped: Those that ended Python even so, and are not run at all.
        is_definitions_only: Whether of all cells only what they define is run.
        reasons: For each of these cells how it ended Python, the last time.
    """

    reduced: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    is_definitions_only: bool = False
    reasons: Mapping[int, Reason] = {}

    def beyond(self, guilty: int, reason: Reason) -> Care | None:
        """More care, now that this cell has ended Python; None if there is no more to take."""
        if guilty in self.skipped or len(self.reduced) + len(self.skipped) == _PATIENCE:
            return None
        reasons = {**self.reasons, guilty: reason}
        if guilty in self.reduced or self.is_definitions_only:
            skipped = (*self.skipped, guilty)
            return msgspec.structs.replace(self, skipped=skipped, reasons=reasons)
        reduced = (*self.reduced, guilty)
        return Care(reduced, self.skipped, len(reduced) > _MANY, reasons)
