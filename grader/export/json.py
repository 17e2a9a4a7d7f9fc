"""Results as JSON, for programs that want everything and for people with `jq`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import msgspec

from grader.records import Result
from grader.screen import UNSEEN

_HIDDEN = re.compile(f"(?!\n)[{UNSEEN}\u200c\u200d]")
"""What JSON may hold raw and a terminal might obey, or a reader not see; it is escaped instead."""


def result_json(result: Result) -> str:
    """One result as one indented JSON document."""
    return _indented(msgspec.json.encode(result))


def results_json(results: Sequence[Result]) -> str:
    """Several results as one JSON list, in the order given."""
    return _indented(msgspec.json.encode(list(results)))


def _indented(document: bytes) -> str:
    text = msgspec.json.format(document, indent=2).decode()
    return _HIDDEN.sub(_escaped, text) + "\n"


def _escaped(found: re.Match[str]) -> str:
    """As JSON spells it: beyond the first plane, as two halves."""
    return json.dumps(found[0])[1:-1]
