"""Closest words, so that a message about a misspelt name can say which name was meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the closest of the known words, or lists them.

    Args:
        word: What was written.
        known: What could have been written, in the order worth showing.

    Returns:
        "Did you mean `relu`?", "Known: `relu`, `tanh`.", or "" if nothing is known.
    """
    names = list(known)
    lowered = {name.casefold(): name for name in reversed(names)}
    close = difflib.get_close_matches(word.casefold(), lowered, n=1)
    if close:
        return f"Did you mean `{lowered[close[0]]}`?"
    if names:
        return "Known: " + ", ".join(f"`{name}`" for name in names) + "."
    return ""
