"""The text cells of a notebook, for a reader: code is graded, and no text costs any of it.

Colab writes pasted pictures into the text itself, megabytes of letters on one line. Of these, and
of a text that is longer than anybody reads, it is said how much was left out.
"""

from __future__ import annotations

import re
from typing import Final

MAX_CELL: Final = 20_000
"""The most characters that are kept of one text cell."""
MAX_ALL: Final = 512 << 10
"""The most of all text cells of a notebook."""

_DATA: Final = re.compile(
    # Possessive throughout: megabytes of letters must not be tried again from each of them.
    r"\bdata:(?P<kind>[\w.+-]{1,60}+/[\w.+-]{1,60}+)?+(?:;[\w.+=-]{1,60}+)*+,(?P<rest>[^\s\"'()<>]++)"
)
_LEAST: Final = 100
"""A shorter address is as readable as what would stand for it."""


class Prose:
    """Cuts the text cells of one notebook, in order."""

    def __init__(self) -> None:
        self._room = MAX_ALL

    def cut(self, text: str) -> str:
        """What is kept of a text cell, as comment lines."""
        text = _DATA.sub(_named, text)
        kept = text[: min(MAX_CELL, self._room)]
        self._room -= len(kept)
        if more := len(text) - len(kept):
            kept += f"\n… ({more:,} more characters of this text are not kept)"
        return "\n".join(f"# {line}".rstrip() for line in kept.split("\n"))


def _named(found: re.Match[str]) -> str:
    count = len(found["rest"])
    if count < _LEAST:
        return found[0]
    return f"data:{found['kind'] or ''},… ({count:,} characters)"
