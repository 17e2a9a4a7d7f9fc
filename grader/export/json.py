"""Results as JSON, for programs that want everything and for people with `jq`."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from grader.records import Result

_HIDDEN = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What JSON may hold raw and a terminal might obey, or a reader not see; it is escaped instead."""


def result_json(result: Result) -> str:
    """One result as one indented JSON document."""
    return _indented(msgspec.json.encode(result))


def results_json(results: Sequence[Result]) -> str:
    """Several results as one JSON list, in the order given."""
    return _indented(msgspec.json.encode(list(results)))


def _indented(document: bytes) -> str:
    text = msgspec.json.format(document, indent=2).decode()
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
