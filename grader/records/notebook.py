"""What became of a notebook's cells, as a reader of the result may see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final, TypeVar

import msgspec

_FRAME: Final = re.compile(r'^(  File ".*"), line ([0-9]{1,9})\b', re.MULTILINE)
"""A longer number is no line: a student's code can put anything into a traceback."""


class CellPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a code cell lies in the text of its notebook.

    Attributes:
        number: As "Restart & Run All" numbers it.
        line: Its first line.
        count: How many lines it has.
    """

    number: int
    line: int
    count: int


AnyCell = TypeVar("AnyCell", bound=CellPlace)


def cell_at(line: int, cells: Iterable[AnyCell]) -> AnyCell | None:
    """The cell that holds a line of the notebook's text, if one does."""
    return next((cell for cell in cells if cell.line <= line < cell.line + cell.count), None)


def place_of(line: int, cells: Sequence[CellPlace]) -> str:
    """A line in a student's words: "line 12", or "line 2 of cell [3]"."""
    cell = cell_at(line, cells)
    if cell is None:
        return f"line {line}"
    return f"line {line - cell.line + 1} of cell [{cell.number}]"


def traceback_of(text: str, cells: Sequence[CellPlace]) -> str:
    """A traceback of the student's own frames, with each line in the student's words."""
    if not cells:
        return text
    return _FRAME.sub(lambda frame: f"{frame[1]}, {place_of(int(frame[2]), cells)}", text)


class CellOutcome(StrEnum):
    """How a cell ended."""

    RAN = "ran"
    FAILED = "failed"
    """A statement of it failed; the others were run."""
    LACKED = "lacked"
    """What failed of it failed for want of what is not there where work is graded."""
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


class CellRun(CellPlace, frozen=True, kw_only=True):
    """A code cell and what became of it.

    Attributes:
        outcome: How it ended.
        shown: In order, bounded.
        left_out: Its magics and shell commands that mean nothing where it was run.
        is_answer: Whether it was given out for students to write in.
        is_changed: Whether it was given out locked, and is not as it was given out.
    """

    outcome: CellOutcome
    shown: tuple[Shown, ...] = ()
    left_out: tuple[str, ...] = ()
    is_answer: bool = False
    is_changed: bool = False
