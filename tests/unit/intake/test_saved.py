import json

import pytest

from grader.errors import IntakeError
from grader.intake.saved import saved

TEXT = json.dumps({"cells": [{"cell_type": "code", "source": "x = '深'"}], "nbformat": 4})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_notebook_in_utf_16_is_read_and_said(encoding: str) -> None:
    file = saved(TEXT.encode(encoding))
    assert len(file.cells) == 1
    assert file.notes == (
        "The notebook is saved as UTF-16, and read as such. Jupyter saves UTF-8.",
    )


def test_utf_8_with_a_mark_needs_no_word() -> None:
    assert saved(TEXT.encode("utf-8-sig")).notes == ()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b'{"cells": {}, "nbformat": 4}', "cells are not laid out as Jupyter saves them. Open it"),
        (b'{"cells": [\n<<<<<<< HEAD\n{}]}', "damaged at line 2 of the file: what stands there"),
        (b"\xff\xfe{", "is no notebook"),
    ],
)
def test_what_is_wrong_is_told_without_the_parsers_words(source: bytes, words: str) -> None:
    with pytest.raises(IntakeError) as caught:
        saved(source)
    assert words in str(caught.value)
    for word in ("Expected", "array", "byte", "$"):
        assert word not in str(caught.value)
