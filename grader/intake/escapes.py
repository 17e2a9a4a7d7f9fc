"""Escapes in JSON that stand for half of a character: browsers write them, and nobody reads them.

A text that was cut in the middle of an emoji is enough, anywhere in a notebook; its author could
not find it, and would lose all cells by it.
"""

from __future__ import annotations

import re
from typing import Final

_ESCAPES: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
    re.DOTALL,
)
"""Every escape in JSON; the group is half of a character."""


def with_whole_characters(document: bytes) -> bytes:
    """A JSON document with U+FFFD wherever an escape stands for half of a character."""
    return _ESCAPES.sub(lambda found: rb"\ufffd" if found[1] else found[0], document)
