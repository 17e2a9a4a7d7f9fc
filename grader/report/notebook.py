"""A notebook as it was run, for the page: each cell with its code and what it showed, bounded.

Text is shown as text and pictures are PNG, so nothing of a notebook is ever live on a page. What
would make the page too heavy for a browser is left out, and said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

import msgspec

from grader.records import Result
from grader.records.notebook import CellOutcome, CellRun, Shown, cell_at
from grader.report.picture import address, bare, size
from grader.report.source import SHOWN_LINES, Line, highlighted
from grader.report.text import bytes_text, count_text
from grader.report.wording import Words, cell_words

PAGE_BYTES: Final = 6 << 20
"""The most bytes of pictures on one page; a third more as they stand in it."""

_CELLS: Final = 500
_CELL_CHARACTERS: Final = 10_000
_CHARACTERS: Final = 400_000
"""The most text that all cells together show."""
_PROSE_CHARACTERS: Final = 200_000
"""The most of all text cells together."""
_PIXELS: Final = 16_000_000
"""The largest picture: a PNG of a few kilobytes may claim gigabytes of them."""
_ALT_CHARACTERS: Final = 200
_NAMED_CELLS: Final = 12
_HEAD: Final = "# %% ["
"""How the line above each cell begins in the notebook's text."""


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a cell showed.

    Attributes:
        text: As it was printed; of a picture, what stands for it.
        is_text: Whether it is text and no picture.
        source: The picture's `data:` address; empty if it is text.
        width: Of the picture, in pixels.
        height: Of the picture, in pixels.
        cut: What is left out of it here, in words; empty if it is whole.
    """

    text: str
    is_text: bool = False
    source: str = ""
    width: int = 0
    height: int = 0
    cut: str = ""


class CellView(msgspec.Struct, frozen=True, kw_only=True):
    """One code cell, with the text cells above it."""

    number: int
    words: Words
    prose: tuple[str, ...]
    code: tuple[Line, ...]
    outputs: tuple[Output, ...]
    errors: tuple[str, ...]
    left_out: tuple[str, ...]
    given: str


class NotebookView(msgspec.Struct, frozen=True, kw_only=True):
    """All cells of a notebook.

    Attributes:
        cells: In order.
        prose: The text cells below the last of them.
        count: How many there are, with those that are not shown.
        cut: What is left out of the page, a sentence each.
    """

    cells: tuple[CellView, ...]
    prose: tuple[str, ...]
    count: int
    cut: tuple[str, ...]

    @property
    def has_pictures(self) -> bool:
        """Whether the page needs leave to show pictures."""
        return any(output.source for cell in self.cells for output in cell.outputs)


class Tally(msgspec.Struct, frozen=True):
    """How many cells ended in one way, and which, if that is not the ordinary way."""

    words: Words
    count: int
    which: str


def tallies(cells: Sequence[CellRun]) -> tuple[Tally, ...]:
    """How the cells of a notebook ended, in a few words."""
    found = []
    for outcome in CellOutcome:
        numbers = [cell.number for cell in cells if cell.outcome is outcome]
        if numbers:
            which = "" if outcome is CellOutcome.RAN else _listed(numbers)
            found.append(Tally(cell_words(outcome), len(numbers), which))
    return tuple(found)


def notebook_view(
    result: Result, lines: Sequence[str], marked: Collection[int], picture_bytes: int
) -> NotebookView:
    """A notebook's cells, as many as a page bears.

    Args:
        result: Of a notebook.
        lines: Of its text, from `lines_of`.
        marked: The numbers of the lines that findings point at.
        picture_bytes: How many bytes of pictures may be shown.
    """
    room = _Room(picture_bytes)
    errors = _errors(result)
    cells: list[CellView] = []
    end, shown_lines = 0, 0
    for run in result.cells[:_CELLS]:
        shown_lines += run.count
        if shown_lines > SHOWN_LINES:
            break
        own = lines[run.line - 1 : run.line - 1 + run.count]
        cells.append(
            CellView(
                number=run.number,
                words=cell_words(run.outcome),
                prose=tuple(room.prose(lines[end : run.line - 1])),
                code=highlighted(own, {number - run.line + 1 for number in marked}),
                outputs=tuple(room.outputs(run)),
                errors=errors.get(run.number, ()),
                left_out=run.left_out,
                given=_given(run),
            )
        )
        end = run.line - 1 + run.count
    unseen = len(result.cells) - len(cells)
    below = () if unseen else tuple(room.prose(lines[end:]))
    cut = [f"{count_text(unseen, 'cell')} at the end"] if unseen else []
    return NotebookView(
        cells=tuple(cells),
        prose=below,
        count=len(result.cells),
        cut=(*cut, *room.left_outside()),
    )


def _given(run: CellRun) -> str:
    """What the cell was when it was given out, in words; nothing of most."""
    if run.is_changed:
        return "Given out locked, and changed."
    return "For an answer." if run.is_answer else ""


class _Room:
    """How much a page still bears, and what it did not."""

    def __init__(self, picture_bytes: int) -> None:
        self._bytes = picture_bytes
        self._pixels = 4 * _PIXELS
        self._characters = _CHARACTERS
        self._prose = _PROSE_CHARACTERS
        self._cut_prose = 0
        self._cut_pictures: list[int] = []
        self._cut_characters = 0

    def outputs(self, run: CellRun) -> Iterator[Output]:
        """What of a cell's outputs is shown."""
        characters = min(_CELL_CHARACTERS, self._characters)
        for shown in run.shown:
            if shown.picture:
                yield self._picture(shown, run.number)
                continue
            text = shown.text[:characters]
            cut = len(shown.text) - len(text)
            characters -= len(text)
            self._characters -= len(text)
            self._cut_characters += cut
            if text.strip() or cut:
                more = f"{count_text(cut, 'more character')} not shown here" if cut else ""
                yield Output(text=text, is_text=True, cut=more)

    def prose(self, lines: Sequence[str]) -> Iterator[str]:
        """What of the text cells among these lines is shown."""
        for text in _prose(lines):
            shown = text[: self._prose]
            self._prose -= len(shown)
            self._cut_prose += len(text) - len(shown)
            if shown:
                yield shown

    def left_outside(self) -> Iterator[str]:
        """What was not shown, in words."""
        if pictures := self._cut_pictures:
            yield f"{count_text(len(pictures), 'picture')} ({bytes_text(sum(pictures))})"
        if self._cut_prose:
            yield f"{count_text(self._cut_prose, 'character')} of its text cells"
        if self._cut_characters:
            yield f"{count_text(self._cut_characters, 'character')} of what was printed"

    def _picture(self, shown: Shown, number: int) -> Output:
        text = f"Picture shown by cell [{number}]: {shown.text.strip()[:_ALT_CHARACTERS]}"
        picture = bare(shown.picture)
        weight, extent = len(shown.picture), size(picture)
        if extent is None:
            return Output(text=text, cut="A picture that is none is not shown")
        width, height = extent
        pixels = width * height
        if weight > self._bytes or not 0 < pixels <= min(_PIXELS, self._pixels):
            self._cut_pictures.append(weight)
            about = f"{width} × {height} pixels, {bytes_text(weight)}"
            return Output(text=text, cut=f"A picture ({about}) is not shown here")
        self._bytes -= weight
        self._pixels -= pixels
        return Output(text=text, source=address(picture), width=width, height=height)


def _errors(result: Result) -> dict[int, tuple[str, ...]]:
    """For each cell that failed what Python said, and in which of its lines."""
    found: dict[int, list[str]] = {}
    for problem in result.load_problems:
        cell = cell_at(problem.line, result.cells)
        if cell is not None:
            said = f"Line {problem.line - cell.line + 1}: {problem.error}"
            found.setdefault(cell.number, []).append(said)
    return {number: tuple(dict.fromkeys(said)) for number, said in found.items()}


def _prose(lines: Sequence[str]) -> Iterator[str]:
    """The text cells among the lines between two code cells, without the signs of comments."""
    paragraph: list[str] = []
    for line in (*lines, _HEAD):
        if line.startswith(_HEAD):
            text = "\n".join(paragraph).strip()
            if text:
                yield text
            paragraph.clear()
        else:
            paragraph.append(line.removeprefix("#").removeprefix(" "))


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"[{number}]" for number in numbers[:_NAMED_CELLS])
    more = len(numbers) - _NAMED_CELLS
    return f"{shown} and {more} more" if more > 0 else shown
