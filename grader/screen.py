"""What everything that is printed has in common: one theme, and text that steers no terminal."""

from __future__ import annotations

import unicodedata

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


def plain(text: str) -> str:
    """The text without the characters that steer a terminal or turn the reading order.

    Newlines and tabs stay.
    """
    return "".join(
        character
        for character in text
        if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
    )
