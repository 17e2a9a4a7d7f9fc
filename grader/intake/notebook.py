"""A notebook's JSON → its cells, laid below one another into one text.

Only sources and a few words of metadata are taken: the record has no room for anything else, so
that outputs of fifty megabytes, saved tracebacks and widgets are read over, not kept. Every
version of the format since 3 is understood, with cell ids and without.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from grader.intake.assigned import Assignment, Given, words_for
from grader.intake.assigned import notes as notes_on
from grader.intake.language import other_language
from grader.intake.prose import Prose
from grader.intake.saved import saved, saved_cell

MAX_NOTEBOOK_BYTES: Final = 64 << 20
"""The largest notebook that is read: its pictures and printed lines count too."""
MAX_CELLS: Final = 2_000
MAX_TEXT: Final = 2 << 20
"""The most characters of all code together, as for a file."""


class CellKind(StrEnum):
    """What a cell holds."""

    CODE = "code"
    PROSE = "prose"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell.

    Attributes:
        kind: What it holds.
        source: Its text, a newline character at the end of each line but perhaps the last.
        number: What "Restart & Run All" calls it; 0 for one that is not run.
        line: Its first line in the notebook's text.
        is_answer: Whether it was given out for students to write in.
        is_changed: Whether it was given out locked, and is not as it was given out.
    """

    kind: CellKind
    source: str
    number: int
    line: int
    is_answer: bool = False
    is_changed: bool = False

    @property
    def line_count(self) -> int:
        """How many lines it has in the notebook's text."""
        return self.source.count("\n") + 1


class Notebook(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken of a notebook.

    Attributes:
        cells: In order, empty ones left out.
        text: The cells below one another, each under a line that says what it is.
        notes: What was odd, for student and TA.
    """

    cells: tuple[Cell, ...]
    text: str
    notes: tuple[str, ...] = ()

    @property
    def code_cells(self) -> tuple[Cell, ...]:
        """The cells that are run."""
        return tuple(cell for cell in self.cells if cell.kind is CellKind.CODE)

    def cell_at(self, line: int) -> Cell | None:
        """The code cell that holds a line of the text."""
        for cell in self.code_cells:
            if cell.line <= line < cell.line + cell.line_count:
                return cell
        return None


def is_notebook(filename: str) -> bool:
    """Whether a file of this name is read as a notebook."""
    return filename.casefold().endswith((".ipynb", ".ipynb.txt", ".ipynb.json"))


def is_notebook_inside(source: bytes) -> bool:
    """Whether the bytes are those of a notebook, whatever the file is named."""
    return source.lstrip().startswith(b"{") and b'"nbformat"' in source and b'"cells"' in source


def read_notebook(source: bytes) -> Notebook:
    """Take a notebook's cells out of its bytes.

    Raises:
        IntakeError: It is no notebook; the text says what it is instead, in a student's words.
    """
    file = saved(source)
    notes = [*file.notes]
    if (language := other_language(file.metadata)) is not None:
        notes.append(f"The notebook says that it is written in {language}; it is run as Python.")
    if len(file.cells) > MAX_CELLS:
        notes.append(f"Only the first {MAX_CELLS} of {len(file.cells)} cells are read.")
    read_cells = [saved_cell(item) for item in file.cells[:MAX_CELLS]]
    assignment = Assignment(file.metadata, (c.joined for c in read_cells if c is not None))
    prose = Prose()
    cells, given_out, lines, number, length = [], list[tuple[str, Given]](), list[str](), 0, 0
    for read in read_cells:
        if read is None:
            continue
        text = _text(read.joined)
        if not text.strip():
            continue
        is_code = read.cell_type == "code"
        length += len(text) if is_code else 0
        if length > MAX_TEXT:
            notes.append("The cells hold more code than is read; the last of them are left out.")
            break
        number += is_code
        given = assignment.given(read.metadata, read.cell_type, read.joined, text)
        given_out.append((words_for(number if is_code else 0, text), given))
        head = f"# %% [{number}]" if is_code else "# %% [markdown]"
        lines.append(head)
        shown = text if is_code else prose.cut(text)
        cells.append(
            Cell(
                kind=CellKind.CODE if is_code else CellKind.PROSE,
                source=shown,
                number=number if is_code else 0,
                line=len(lines) + 1,
                is_answer=given.is_answer,
                is_changed=given.is_changed,
            )
        )
        lines += [*shown.split("\n"), ""]
    if unreadable := read_cells.count(None):
        notes.append(f"{unreadable} cells cannot be read and are left out.")
    notes.extend(notes_on(given_out))
    return Notebook(cells=tuple(cells), text="\n".join(lines), notes=tuple(notes))


def _text(source: str) -> str:
    """A cell's source in characters that UTF-8 can say, without NUL and without last newlines."""
    text = source.encode("utf-8", "replace").decode().replace("\0", "")
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
