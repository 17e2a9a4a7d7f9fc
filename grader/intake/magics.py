"""A notebook's cell as plain Python: without what only Jupyter understands.

For a look at the text alone. Whoever runs a cell has IPython translate it.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import Final

UNREADABLE: Final = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What the parser raises at a text that is not Python."""
_MEASURES: Final = frozenset({"capture", "time", "timeit", "prun", "memit"})
"""Cell magics whose cell is the student's Python all the same."""
_CELL_MAGIC: Final = re.compile(r"\s*%%(?P<name>\w*).*\n?")
_LINE: Final = re.compile(
    # Possessive throughout: a line of a million blanks must not be tried a million times.
    r"^(?P<indent>[ \t]*+)"
    r"(?:(?P<target>[\w.,\[\]()'\" \t]++=[ \t]*+)(?=[%!])|(?=[%!?]|[\w.]++\?\??[ \t]*+$)).*$",
    re.MULTILINE,
)


def cell_tree(source: str) -> ast.Module:
    """The cell's syntax tree, each line where it stands.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: It is not Python, nor with magics.
    """
    try:
        return python_tree(source)
    except UNREADABLE:
        return python_tree(without_magics(source))


def without_magics(source: str) -> str:
    """The cell with `pass` where a magic or a shell command stands; no line moves.

    A cell in another language, or one that is written to a file, is left empty.
    """
    if found := _CELL_MAGIC.match(source):
        if found["name"] not in _MEASURES:
            return ""
        source = "\n" * found[0].count("\n") + source[found.end() :]
    return _LINE.sub(_plain, source)


def python_tree(text: str) -> ast.Module:
    """The syntax tree of plain Python, without the parser's warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def _plain(found: re.Match[str]) -> str:
    return found["indent"] + (f"{found['target']}None" if found["target"] else "pass")
