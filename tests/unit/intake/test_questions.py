"""Any bytes at all give a notebook that can be graded, or a reason in a student's words."""

import json
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.errors import IntakeError
from grader.intake.notebook import MAX_CELLS, MAX_TEXT, CellKind, Notebook, read_notebook
from grader.intake.reading import Reading, read_text
from grader.records import Submission

KEYS = (
    *("cells", "worksheets", "metadata", "nbformat", "cell_type", "source", "input", "outputs"),
    *("nbgrader", "locked", "solution", "grade", "grade_id", "points", "checksum", "language"),
    *("kernelspec", "language_info", "name"),
)
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=[]))
    | st.sampled_from(["code", "markdown", "raw", "def f():\n", "%%bash\nls", "x = 1\n\n\n", ""]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=30,
)
cell = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | anything,
        "source": st.text() | st.lists(st.text(), max_size=4) | anything,
        "input": st.text() | anything,
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": anything}) | anything,
    },
)
document = st.fixed_dictionaries(
    {},
    optional={
        "cells": st.lists(cell | anything, max_size=6) | anything,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(cell)})) | anything,
        "metadata": anything,
        "nbformat": st.sampled_from([3, 4]) | anything,
    },
)
SAMPLE = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "source": "# Title", "metadata": {}},
            {"cell_type": "code", "source": ["def f(x):\n", "    return x"], "outputs": []},
        ],
        "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
        "nbformat": 4,
    }
).encode()
changes = st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.binary(max_size=3)), max_size=5)


def changed(edits: list[tuple[int, bytes]]) -> bytes:
    text = bytearray(SAMPLE)
    for place, new in edits:
        text[place : place + 1] = new
    return bytes(text)


def check(notebook: Notebook) -> None:
    notebook.text.encode()
    assert "\0" not in notebook.text
    assert "\r" not in notebook.text
    assert len(notebook.cells) <= MAX_CELLS
    assert sum(len(each.source) for each in notebook.code_cells) <= MAX_TEXT
    lines = notebook.text.split("\n")
    for each in notebook.cells:
        assert lines[each.line - 1 : each.line - 1 + each.line_count] == each.source.split("\n")
    numbers = [each.number for each in notebook.cells if each.kind is CellKind.CODE]
    assert numbers == list(range(1, len(numbers) + 1))
    for each in notebook.code_cells:
        assert notebook.cell_at(each.line) is each


@given(document.map(lambda it: json.dumps(it).encode()) | changes.map(changed) | st.binary())
@example(b'{"cells": [{"source": "x = \\"\\ud800\\""}], "nbformat": 4}')
@example(b'{"cells": [], "nbformat": 1e999}')
@example(b'{"cells": [{"cell_type": "code", "source": "\\u2028\\u0085x"}], "nbformat": 4}')
@example(b"[" * 100_000)
@example(b'{"cells":' + b"[" * 100_000)
def test_any_bytes_give_a_notebook_or_a_reason(source: bytes) -> None:
    try:
        notebook = read_notebook(source)
    except IntakeError as error:
        assert str(error).endswith((".", ").", "it."))  # noqa: PT017  (either end is right)
        return
    check(notebook)


@given(
    document.map(lambda it: json.dumps(it).encode()) | changes.map(changed) | st.binary(),
    st.sampled_from(["x.ipynb", "x.py", "x.ipynb.json", ""]),
)
def test_any_reading_crosses_from_one_process_to_another(source: bytes, name: str) -> None:
    reading = read_text(Submission(student="", exercise="", filename=name, source=source))
    sent = msgspec.msgpack.encode(reading)
    assert msgspec.msgpack.decode(sent, type=Reading) == reading


@pytest.mark.parametrize("count", [MAX_CELLS, MAX_CELLS + 1])
def test_no_more_cells_than_so_many_are_read(count: int) -> None:
    cells: list[dict[str, Any]] = [{"source": "x"}] * count
    notebook = read_notebook(json.dumps({"cells": cells, "nbformat": 4}).encode())
    assert len(notebook.cells) == MAX_CELLS
    assert bool(notebook.notes) == (count > MAX_CELLS)
