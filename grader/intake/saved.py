"""A notebook's file as it was saved: its JSON as typed records, or in words why it is none.

The records have room for sources and a few words of metadata, and for nothing else.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

import msgspec

from grader.errors import IntakeError
from grader.intake.escapes import with_whole_characters

UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What JSON that is none raises, or other JSON than was expected."""

_BYTE: Final = re.compile(r"\(byte (\d+)\)")
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"{\0", b"\0{")
_AGAIN: Final = "Open it in Jupyter, save it, and hand it in again."


class SavedCell(msgspec.Struct, frozen=True):
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


class _File(msgspec.Struct, frozen=True):
    cells: list[msgspec.Raw] = []
    worksheets: list[_Sheet] = []
    metadata: msgspec.Raw = msgspec.Raw(b"{}")
    nbformat: float | None = None


class Saved(msgspec.Struct, frozen=True):
    """What was taken of a file.

    Attributes:
        cells: Each by itself, so that one which is odd costs no other.
        metadata: The notebook's, as JSON.
        notes: What had to be done to read it.
    """

    cells: list[msgspec.Raw]
    metadata: msgspec.Raw
    notes: tuple[str, ...] = ()


def saved(source: bytes) -> Saved:
    """Take a notebook's file apart.

    Raises:
        IntakeError: It is no notebook; the text says what it is instead, in a student's words.
    """
    document, notes = _as_utf_8(source)
    try:
        try:
            file = msgspec.json.decode(document, type=_File)
        except msgspec.DecodeError:
            whole = with_whole_characters(document)
            if whole == document:
                raise
            file = msgspec.json.decode(whole, type=_File)
            notes = (
                *notes,
                "Halves of characters in the notebook are read as `\N{REPLACEMENT CHARACTER}`.",
            )
    except UNREADABLE as error:
        raise IntakeError(_why_not(document, error)) from None
    if file.nbformat is None and not file.cells and not file.worksheets:
        raise IntakeError("The file is JSON and no notebook: it has no cells.")
    cells = [*file.cells, *(cell for sheet in file.worksheets for cell in sheet.cells)]
    return Saved(cells, file.metadata, notes)


def saved_cell(raw: msgspec.Raw) -> SavedCell | None:
    """One cell; None if it cannot be read."""
    try:
        return msgspec.json.decode(raw, type=SavedCell)
    except UNREADABLE:
        return None


def _as_utf_8(source: bytes) -> tuple[bytes, tuple[str, ...]]:
    if source.startswith(_UTF_16):
        try:
            # Without a mark at its start, the order of a pair is told by which half is empty.
            text = source.decode("utf-16-be" if source.startswith(b"\0") else "utf-16")
        except UnicodeDecodeError:
            return source, ()
        note = "The notebook is saved as UTF-16, and read as such. Jupyter saves UTF-8."
        return text.encode(), (note,)
    return source.removeprefix(codecs.BOM_UTF8), ()


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
        if isinstance(error, msgspec.ValidationError):
            return f"The notebook's cells are not laid out as Jupyter saves them. {_AGAIN}"
        place = _BYTE.search(said)
        line = 1 + source.count(b"\n", 0, int(place[1])) if place else None
        where = f" at line {line} of the file" if line else ""
        return (
            f"The notebook is damaged{where}: what stands there is no JSON, which notebooks are "
            "saved as. If Jupyter still opens it, save it there and hand it in again; if not, hand "
            "in a copy from before."
        )
    if start.startswith((b"<!", b"<html", b"<HTML")):
        return (
            "The file is a web page, not a notebook. Download the notebook itself "
            "(in Colab: File, Download, Download .ipynb)."
        )
    return "The file is named .ipynb and is no notebook. If it is Python, name it .py."
