import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.escapes import with_whole_characters
from grader.intake.notebook import read_notebook


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (rb'"\ud83d\ude00"', rb'"\ud83d\ude00"'),
        (rb'"\ud83d"', rb'"\ufffd"'),
        (rb'"\uDE00a"', rb'"\ufffda"'),
        (rb'"\ud83d\ud83d\ude00"', rb'"\ufffd\ud83d\ude00"'),
        (rb'"\\ud83d"', rb'"\\ud83d"'),
        (rb'"\\\ud83d"', rb'"\\\ufffd"'),
    ],
)
def test_half_of_a_character_is_replaced_and_nothing_else(document: bytes, expected: bytes) -> None:
    assert with_whole_characters(document) == expected


@given(st.text(st.characters(exclude_categories=[]), max_size=20))
def test_whatever_javascript_writes_becomes_text(text: str) -> None:
    document = with_whole_characters(json.dumps(text).encode())
    assert json.loads(document).encode() is not None


def test_a_notebook_with_half_a_character_is_read_with_a_note() -> None:
    cell = {"cell_type": "code", "source": "x = '\ud83d'"}
    notebook = read_notebook(json.dumps({"cells": [cell], "nbformat": 4}).encode())
    assert notebook.cells[0].source == "x = '\N{REPLACEMENT CHARACTER}'"
    assert "Halves of characters" in notebook.notes[0]
