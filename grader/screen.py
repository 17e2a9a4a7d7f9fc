"""What all that is shown has in common: one theme, and text that steers and hides nothing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from rich.theme import Theme

THEME = Theme(
    {
        "good": "green",
        "bad": "red",
        "warn": "yellow",
        "ours": "magenta",
        "hint": "cyan",
        "muted": "dim",
        "title": "bold",
    }
)


UNSEEN: Final = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f"
)
"""The inside of a character class: what steers a terminal, turns the reading order or is not seen.

Tab and newline are not in it, nor are the joiners U+200C and U+200D: Persian names and emoji are
written with them. Letters and marks that are blank are.
"""
_UNSEEN: Final = re.compile(f"[{UNSEEN}]")


def plain(text: str) -> str:
    """The text without the characters that steer a terminal or turn the reading order.

    Newlines and tabs stay.
    """
    return "".join(
        character
        for character in _UNSEEN.sub("", text)
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )


def plain_line(text: str) -> str:
    """The same on one line: no text of a student's begins a line of ours."""
    return plain(" ".join(filter(None, map(str.strip, text.splitlines()))))
