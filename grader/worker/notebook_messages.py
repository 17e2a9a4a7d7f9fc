"""What is said over the wire about a notebook: which cells it has, and what became of each."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from grader.records.notebook import CellOutcome
from grader.worker.bounds import MAX_OUTPUTS, MAX_PICTURE_BYTES, Name, Record, String


class CellSpan(Record, frozen=True):
    """A code cell of a notebook: where it lies in the text, and under which number."""

    number: int
    line: int
    count: int


class Notebook(Record, frozen=True):
    """How to load a text that is a notebook's.

    Attributes:
        cells: Its code cells; what lies between them is not run.
        cell_seconds: What one cell may take of the processor; on the clock `PATIENCE` times that.
        reduced: Cells that ended an earlier worker: of them only what they define is run.
        skipped: Cells that ended one even so, and are not run at all.
        is_definitions_only: Run imports, definitions and plain assignments, and nothing else.
    """

    cells: tuple[CellSpan, ...]
    cell_seconds: float
    reduced: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    is_definitions_only: bool = False


class Shown(Record, frozen=True):
    """What a cell showed: text, or a picture with its text."""

    text: String
    picture: Annotated[bytes, Meta(max_length=MAX_PICTURE_BYTES)] = b""
    """PNG, or empty."""


class Ran(Record, frozen=True, tag="Ran"):
    """From the keeper: this cell is done.

    `left_out` are its magics and shell commands that mean nothing here.
    """

    number: int
    outcome: CellOutcome
    shown: Annotated[tuple[Shown, ...], Meta(max_length=MAX_OUTPUTS)] = ()
    left_out: Annotated[tuple[Name, ...], Meta(max_length=MAX_OUTPUTS)] = ()
