"""Whatever is done to a notebook's JSON, what is read of it is a text or a clear sentence."""

import json
from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from grader.intake import Reading, read_text
from grader.records import Submission

FILE: dict[str, Any] = {
    "cells": [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["# Lab\n", "one"]},
        {
            "cell_type": "code",
            "execution_count": 3,
            "id": "b",
            "metadata": {"tags": ["otter_answer_cell"], "nbgrader": {"grade_id": "x"}},
            "outputs": [{"output_type": "stream", "name": "stdout", "text": ["1\n"]}],
            "source": ["def double(x):\n", "    return 2 * x"],
        },
    ],
    "metadata": {"kernelspec": {"name": "python3"}, "otter": {"tests": {"q1": {}}}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
SOURCE = json.dumps(FILE).encode()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)


def paths(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of every value in a document."""
    inner: Iterable[tuple[Any, Any]] = ()
    if isinstance(document, dict):
        inner = document.items()
    elif isinstance(document, list):
        inner = enumerate(document)
    return [path, *(each for key, value in inner for each in paths(value, (*path, key)))]


PATHS = paths(FILE)


def read(source: bytes) -> Reading:
    reading = read_text(Submission(student="ada", exercise="x", filename="x.ipynb", source=source))
    is_told = reading.problem is not None and reading.problem.endswith(".")
    assert (reading.text == "" and is_told) or reading.problem is None
    reading.text.encode()
    lines = reading.text.split("\n")
    for cell in reading.cells or ():
        held = lines[cell.line - 1 : cell.line - 1 + cell.line_count]
        assert "\n".join(held) == cell.source
    return reading


def replaced(path: tuple[Any, ...], value: Any) -> bytes:
    """The notebook with another value in one place."""
    document = json.loads(SOURCE)
    if not path:
        return json.dumps(value).encode()
    target = document
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return json.dumps(document).encode()


@given(path=st.sampled_from(PATHS), value=JSON)
def test_any_value_anywhere_is_read_or_refused_in_words(path: tuple[Any, ...], value: Any) -> None:
    read(replaced(path, value))


@given(path=st.sampled_from(PATHS[1:]))
def test_any_part_may_be_missing(path: tuple[Any, ...]) -> None:
    document = json.loads(SOURCE)
    target = document
    for key in path[:-1]:
        target = target[key]
    del target[path[-1]]
    read(json.dumps(document).encode())


@given(st.integers(0, len(SOURCE)))
def test_a_notebook_that_was_cut_anywhere_is_refused_in_words(length: int) -> None:
    assert (read(SOURCE[:length]).problem is None) == (length == len(SOURCE))


@given(st.lists(st.tuples(st.integers(0, len(SOURCE) - 1), st.integers(0, 255)), min_size=1))
def test_any_bytes_may_be_others(changes: list[tuple[int, int]]) -> None:
    source = bytearray(SOURCE)
    for place, byte in changes:
        source[place] = byte
    read(bytes(source))


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_refused_in_words(source: bytes) -> None:
    read(source)


def test_nothing_is_nested_too_deeply() -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        deep = opening * 5_000 + "1" + closing * 5_000
        read(replaced(("metadata",), 0).replace(b'"metadata": 0', f'"metadata": {deep}'.encode()))
        read(deep.encode())
