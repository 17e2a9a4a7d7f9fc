"""A student's file as lines of highlighted HTML, numbered as Python numbers them.

One expression finds comments, strings, keywords, numbers and the names being defined; the rest
needs no colour. Pygments would tell many more kinds of token apart, at ten times the cost: for
three files of a hundred lines it took three quarters of the time of the whole page. The
expression looks at each character a bounded number of times, whatever a hostile file holds.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Sequence

import msgspec
from markupsafe import Markup, escape

from grader.records.notebook import CellPlace, cell_at
from grader.report.text import visible_text

SHOWN_LINES = 10_000
"""The most lines of one file that a page shows."""
_EXCERPT_LINES = 16
_NEWLINE = re.compile(r"\r\n?")
_COLOURED = re.compile(
    rf"""
    (?P<c> \#[^\n]* )
  | (?P<s> (?:\b[rRbBuUfF]{{1,2}})? (?:
        \"\"\" (?: [^\\] | \\. )*? (?: \"\"\" | \Z )
      | '''    (?: [^\\] | \\. )*? (?: '''    | \Z )
      | " (?: [^"\\\n] | \\. )* "?
      | ' (?: [^'\\\n] | \\. )* '?
    ) )
  | (?P<f> (?<=\bdef[ ])\w+ | (?<=\bclass[ ])\w+ | ^[ \t]*@[\w.]+ )
  | (?P<k> \b(?:{"|".join(keyword.kwlist)})\b )
  | (?P<n> \b\d[\w.]* )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


class Line(msgspec.Struct, frozen=True):
    """One line of code: its number from 1, its HTML, and whether a finding points at it.

    In a notebook it is the line of its cell.
    """

    number: int
    html: Markup
    is_marked: bool = False


def lines_of(text: str) -> list[str]:
    """The lines of a file, split where Python splits them, and safe to show."""
    return visible_text(_NEWLINE.sub("\n", text)).split("\n")


def excerpt(
    lines: Sequence[str], marked: Iterable[int], cells: Sequence[CellPlace] = (), around: int = 2
) -> tuple[Line, ...]:
    """Some lines with their neighbours, plain; nothing if there are no such lines.

    Args:
        lines: From `lines_of`.
        marked: The numbers of the lines; of one cell, if the file is a notebook.
        cells: Where a notebook's cells lie: an excerpt never leaves its cell.
        around: How many neighbours on each side.
    """
    chosen = sorted(number for number in marked if 1 <= number <= len(lines))
    if not chosen:
        return ()
    cell = cell_at(chosen[0], cells)
    start = 1 if cell is None else cell.line
    stop = len(lines) if cell is None else min(cell.line + cell.count - 1, len(lines))
    first, last = max(start, chosen[0] - around), min(stop, chosen[-1] + around)
    last = min(last, first + _EXCERPT_LINES - 1)
    return tuple(
        Line(each - start + 1, escape(lines[each - 1]), each in chosen)
        for each in range(first, last + 1)
    )


def highlighted(lines: Sequence[str], marked: Iterable[int]) -> tuple[Line, ...]:
    """Every line with its colours.

    Args:
        lines: From `lines_of`; of one cell, if the file is a notebook.
        marked: The numbers of the lines that findings point at.
    """
    shown = list(lines[:SHOWN_LINES])
    while shown and not shown[-1].strip():
        shown.pop()
    pointed_at = frozenset(marked)
    # Every piece of the text is escaped, and the classes are the expression's own group names.
    html = [Markup(line) for line in _coloured("\n".join(shown)).split("\n")]  # noqa: S704
    return tuple(
        Line(number, line, number in pointed_at)
        for number, line in enumerate(html[: len(shown)], start=1)
    )


def _coloured(text: str) -> str:
    pieces: list[str] = []
    end = 0
    for found in _COLOURED.finditer(text):
        start = found.start()
        pieces.append(str(escape(text[end:start])))
        end = found.end()
        kind = found.lastgroup
        # A colour ends with its line, so that each line stands on its own.
        inside = str(escape(found[0])).replace("\n", f'</span>\n<span class="{kind}">')
        pieces.append(f'<span class="{kind}">{inside}</span>')
    pieces.append(str(escape(text[end:])))
    return "".join(pieces)
