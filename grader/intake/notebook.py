"""A notebook's JSON → its cells, laid below one another into one text.

Only sources and a few words of metadata are taken: the record has no room for anything else, so
that outputs of fifty megabytes, saved tracebacks and widgets are read over, not kept. Every
version of the format since 3 is understood, with cell ids and without.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec

from grader.errors import IntakeError
from grader.intake.assigned import Assignment, Given
from grader.intake.assigned import notes as notes_on
from grader.intake.escapes import with_whole_characters

MAX_NOTEBOOK_BYTES: Final = 64 << 20
"""The largest notebook that is read: its pictures and printed lines count too."""
MAX_CELLS: Final = 2_000
MAX_TEXT: Final = 2 << 20
"""The most characters of all sources together, as for a file."""

_OTHER_LANGUAGES: Final = {"julia", "r", "scala", "javascript", "matlab", "octave", "sql", "bash"}


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
    file, odd = _decoded(source)
    raw = [*file.cells, *(cell for sheet in file.worksheets for cell in sheet.cells)]
    notes = [*odd, *_language_notes(file)]
    if len(raw) > MAX_CELLS:
        notes.append(f"Only the first {MAX_CELLS} of {len(raw)} cells are read.")
    read_cells = [_cell(item) for item in raw[:MAX_CELLS]]
    assignment = Assignment(file.metadata, (c.joined for c in read_cells if c is not None))
    cells, given_out, lines, number, length = [], list[tuple[int, Given]](), list[str](), 0, 0
    for read in read_cells:
        if read is None:
            continue
        text = _text(read.joined)
        if not text.strip():
            continue
        length += len(text)
        if length > MAX_TEXT:
            notes.append("The cells hold more text than is read; the last of them are left out.")
            break
        is_code = read.cell_type == "code"
        number += is_code
        given = assignment.given(read.metadata, read.cell_type, read.joined, text)
        given_out.append((number if is_code else 0, given))
        head = f"# %% [{number}]" if is_code else "# %% [markdown]"
        lines.append(head)
        shown = text if is_code else _as_comment(text)
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


class _Cell(msgspec.Struct, frozen=True):
    """A cell of version 4 (`source`) or 3 (`input`)."""

    cell_type: str = "code"
    source: str | list[str] = ""
    input: str | list[str] = ""
    metadata: msgspec.Raw = msgspec.Raw(b"{}")

    @property
    def joined(self) -> str:
        """Its text, as it was saved."""
        parts = self.source or self.input
        return parts if isinstance(parts, str) else "".join(parts)


class _Sheet(msgspec.Struct, frozen=True):
    cells: list[msgspec.Raw] = []


class _Language(msgspec.Struct, frozen=True):
    name: str = ""
    language: str = ""


class _Metadata(msgspec.Struct, frozen=True):
    kernelspec: _Language | None = None
    language_info: _Language | None = None


class _File(msgspec.Struct, frozen=True):
    cells: list[msgspec.Raw] = []
    worksheets: list[_Sheet] = []
    metadata: msgspec.Raw = msgspec.Raw(b"{}")
    nbformat: float | None = None


def _decoded(source: bytes) -> tuple[_File, tuple[str, ...]]:
    """The file, and what had to be done to read it."""
    stripped = source.removeprefix(b"\xef\xbb\xbf")
    notes: tuple[str, ...] = ()
    try:
        try:
            file = msgspec.json.decode(stripped, type=_File)
        except msgspec.DecodeError:
            whole = with_whole_characters(stripped)
            if whole == stripped:
                raise
            file = msgspec.json.decode(whole, type=_File)
            notes = (
                "Halves of characters in the notebook are read as `\N{REPLACEMENT CHARACTER}`.",
            )
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise IntakeError(_why_not(stripped, error)) from None
    if file.nbformat is None and not file.cells and not file.worksheets:
        raise IntakeError("The file is JSON and no notebook: it has no cells.")
    return file, notes


def _why_not(source: bytes, error: Exception) -> str:
    """In a student's words, what a file named as a notebook is instead."""
    start = source.lstrip()[:200]
    if not start:
        return "The notebook is empty: nothing was saved. Save it and hand it in again."
    if start.startswith(b"{"):
        said = str(error)
        if "truncated" in said:
            return (
                "The notebook ends in the middle: it was not saved or not uploaded whole. "
                "Save it and hand it in again."
            )
        return (
            f"The notebook cannot be read ({said}). Open it in Jupyter, save it, hand it in again."
        )
    if start.startswith((b"<!", b"<html", b"<HTML")):
        return (
            "The file is a web page, not a notebook. Download the notebook itself "
            "(in Colab: File, Download, Download .ipynb)."
        )
    return "The file is named .ipynb and is no notebook. If it is Python, name it .py."


def _cell(raw: msgspec.Raw) -> _Cell | None:
    try:
        return msgspec.json.decode(raw, type=_Cell)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _text(source: str) -> str:
    """A cell's source in characters that UTF-8 can say, without NUL and without last newlines."""
    text = source.encode("utf-8", "replace").decode().replace("\0", "")
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def _as_comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))


def _language_notes(file: _File) -> Iterator[str]:
    try:
        metadata = msgspec.json.decode(file.metadata, type=_Metadata)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    for said in (metadata.language_info, metadata.kernelspec):
        language = "" if said is None else (said.language or said.name)
        if language.casefold() in _OTHER_LANGUAGES or language == "ir":
            yield f"The notebook says that it is written in {language[:40]}; it is run as Python."
            return
