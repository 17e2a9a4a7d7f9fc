"""One file of a student: how large it may be, and the text that its bytes mean.

What cannot be UTF-8 is still read, with a note.
"""

from __future__ import annotations

import codecs
import re

from grader.intake.notebook import MAX_NOTEBOOK_BYTES, is_notebook
from grader.records import Submission

MAX_SOURCE_BYTES = 2 << 20
"""The largest source file that is read; the course's own files are some hundred times smaller."""

_CODING = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*(?P<name>[-\w.]+)")
_BLANK_OR_REMARK = re.compile(rb"[ \t\f]*(?:#.*)?")
# Codecs that people's editors write. Others that Python knows may be slow on hostile bytes
# (punycode), or hide code from a reader (unicode_escape, utf_7).
_CODECS = re.compile(
    r"ascii|utf_?8|utf_8_sig|utf_?16|latin_?1|iso8859_\d+|cp125\d|cp437|cp85\d|mac_roman"
    r"|koi8_[ru]|gb2312|gbk|gb18030|big5|shift_jis|cp932|euc_jp|euc_kr|cp949"
)


def limit_of(filename: str) -> int:
    """The most bytes that are read of a file of this name."""
    return MAX_NOTEBOOK_BYTES if is_notebook(filename) else MAX_SOURCE_BYTES


def advice_on_size(filename: str) -> str:
    """What to do about a file of this name that is larger than `limit_of` it."""
    if is_notebook(filename):
        return (
            "What fills a notebook is what its cells have shown: clear all outputs (in the Edit "
            "menu of Jupyter and Colab), save it, and hand it in again."
        )
    return "Hand in the exercise's file only, without data in it."


def text_of(submission: Submission) -> tuple[str, tuple[str, ...]]:
    """The text of a submission, and what had to be done to read it.

    The text has a newline at the end of each line, no NUL and no byte order mark, and can be
    encoded as UTF-8. It is empty if nothing was handed in.

    Returns:
        The text, and notes for student and TA; they do not repeat `submission.notes`.
    """
    source = submission.source
    if source is None:
        return "", ()
    text, notes = _decode(source)
    if "\0" in text:
        text = text.replace("\0", "")
        notes = (*notes, "The file holds NUL characters, which Python cannot read; left out.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decode(source: bytes) -> tuple[str, tuple[str, ...]]:
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            note = "The file is UTF-16, which Python cannot read; read as such. Save it as UTF-8."
            return source.decode("utf-16"), (note,)
        except UnicodeDecodeError:
            return _as_latin_1(source, "neither UTF-16, as it begins, nor UTF-8")
    if source.startswith(codecs.BOM_UTF8):
        source = source.removeprefix(codecs.BOM_UTF8)
        declared = None
    else:
        declared = _declared(source)
    codec = "utf-8" if declared is None else _codec(declared)
    if codec is None:
        text, notes = _decode_as("utf-8", source)
        shown = "" if declared is None else declared[:40]
        return text, (f"The coding line names `{shown}`, which is not known.", *notes)
    return _decode_as(codec, source)


def _decode_as(codec: str, source: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return source.decode(codec), ()
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        return _as_latin_1(source, f"not {codec.upper().replace('_', '-')} (line {line})")


def _as_latin_1(source: bytes, why: str) -> tuple[str, tuple[str, ...]]:
    note = f"The file is {why}; read as Latin-1. Save it as UTF-8."
    return source.decode("latin-1"), (note,)


def _declared(source: bytes) -> str | None:
    """The name in a coding line (PEP 263): a remark in line 1, or in line 2 below a remark."""
    for line in re.split(rb"\r\n|\r|\n", source[:4096])[:2]:
        if found := _CODING.match(line):
            return found["name"].decode("ascii", "replace")
        if not _BLANK_OR_REMARK.fullmatch(line):
            return None
    return None


def _codec(declared: str) -> str | None:
    try:
        name = codecs.lookup(declared).name.replace("-", "_")
    except LookupError:
        return None
    return name.replace("utf_8", "utf-8") if _CODECS.fullmatch(name) else None
