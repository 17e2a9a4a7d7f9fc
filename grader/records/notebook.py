"""What became of a notebook's cells, as a reader of the result may see it."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class CellOutcome(StrEnum):
    """How a cell ended."""

    RAN = "ran"
    FAILED = "failed"
    """A statement of it failed; the others were run."""
    STOPPED = "stopped"
    """It ran into its time limit."""
    LEFT_OUT = "left_out"
    """It was not run, because there was no time left or because it ended a worker before."""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell showed below itself: text, or a picture with its text.

    Attributes:
        text: Plain text without control characters.
        picture: PNG bytes; empty if it is not a picture.
    """

    text: str
    picture: bytes = b""


class CellRun(msgspec.Struct, frozen=True, kw_only=True):
    """A code cell and what became of it.

    Attributes:
        number: As "Restart & Run All" would number it.
        line: Its first line in the result's source.
        outcome: How it ended.
        shown: In order, bounded.
        left_out: Its magics and shell commands that mean nothing where it was run.
    """

    number: int
    line: int
    count: int
    outcome: CellOutcome
    shown: tuple[Shown, ...] = ()
    left_out: tuple[str, ...] = ()
