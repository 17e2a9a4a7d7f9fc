"""What of a notebook is not run again, since it ended Python or would not be interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

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
    """

    reduced: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    is_definitions_only: bool = False

    def beyond(self, guilty: int) -> Care | None:
        """More care, now that this cell has ended Python; None if there is no more to take."""
        if guilty in self.skipped or len(self.reduced) + len(self.skipped) == _PATIENCE:
            return None
        if guilty in self.reduced or self.is_definitions_only:
            return msgspec.structs.replace(self, skipped=(*self.skipped, guilty))
        reduced = (*self.reduced, guilty)
        return Care(reduced, self.skipped, len(reduced) > _MANY)

    @property
    def notes(self) -> Iterator[str]:
        """What its author should know of it."""
        for number in dict.fromkeys((*self.reduced, *self.skipped)):
            yield (
                f"Cell [{number}] ended Python, filled the memory or could not be interrupted. "
                + (
                    "It was left out, and all other cells were run again without it."
                    if number in self.skipped
                    else "All cells were run again; of this one only what it defines."
                )
            )
        if self.is_definitions_only and self.reduced:
            yield "So many cells did so that of all others, too, only what they define was run."
