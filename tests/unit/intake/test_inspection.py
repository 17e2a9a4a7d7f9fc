import json

import pytest

from grader.intake import Inspection, inspect, read_text
from grader.records import Submission

FUNCTIONS = ("relu", "tanh")
STUB = """
def relu(x):
    # Your code here.
    raise NotImplementedError("relu: write your answer here")
"""


def look(text: str) -> Inspection:
    source = text.encode("utf-8", "surrogatepass")
    return inspect(read_text(_submission("x.py", source)), FUNCTIONS)


def look_at_cells(*cells: str) -> Inspection:
    document = {"cells": [{"cell_type": "code", "source": cell} for cell in cells], "nbformat": 4}
    source = json.dumps(document).encode()
    return inspect(read_text(_submission("x.ipynb", source)), FUNCTIONS)


def _submission(filename: str, source: bytes) -> Submission:
    return Submission(student="ada", exercise="x", filename=filename, source=source)


def test_a_stub_is_unwritten_and_the_rest_missing() -> None:
    assert look(STUB) == Inspection(unwritten=("relu",), missing=("tanh",))


def test_a_finished_file_has_nothing_to_say() -> None:
    text = "def relu(x):\n    return x\ntanh = relu\n"
    assert look(text) == Inspection()


@pytest.mark.parametrize(
    ("statement", "is_unwritten"),
    [
        ("raise NotImplementedError", True),
        ("if x:\n        raise NotImplementedError()", True),
        ("raise ValueError('no')", False),
        ("raise", False),
        ("pass", True),
        ("'''What it does.'''", True),
        ("...", True),
        ("return ____", True),
        ("y = __BLANK__ * x\n    return y", True),
        ("_ = x", False),
    ],
)
def test_what_an_author_left_to_be_written_is_unwritten(statement: str, is_unwritten: bool) -> None:
    found = look(f"def relu(x):\n    {statement}\ndef tanh(x): return x\n")
    assert found.unwritten == (("relu",) if is_unwritten else ())


def test_a_syntax_error_is_told_with_its_line() -> None:
    found = look("x = 1\ndef relu(x:\n")
    assert found.problem == "line 2: '(' was never closed"


def test_text_that_python_cannot_take_is_a_problem_not_a_crash() -> None:
    assert look("x = " + "(" * 5000).problem is not None


def test_a_file_that_defines_nothing_is_blank() -> None:
    assert look("import torch\n# later\n").is_blank
    assert not look("def helper(): pass\n").is_blank
    assert not look("relu = max\n").is_blank


def test_the_cells_of_a_notebook_are_looked_at_each_on_its_own() -> None:
    found = look_at_cells(
        "%matplotlib inline\n!pip install torch\nfiles = !ls\nprint?",
        "%%time\ndef relu(x):\n    return x",
        "%%bash\nif [ -d x ]; then ls; fi",
        "x = 1\ndef tanh(x:\n    return x",
    )
    assert found == Inspection(
        broken=("cell [4], line 2: '(' was never closed",), missing=("tanh",)
    )


def test_the_last_definition_at_the_top_level_counts() -> None:
    stub = "def relu(x):\n    raise NotImplementedError"
    inner = "class Net:\n    def relu(self):\n        raise NotImplementedError"
    done = "def relu(x):\n    return x"
    assert look_at_cells(stub, done, inner).unwritten == ()
    assert look_at_cells(done, stub).unwritten == ("relu",)


def test_what_is_no_notebook_is_a_problem() -> None:
    found = inspect(read_text(_submission("x.ipynb", b"{")), FUNCTIONS)
    assert found.problem is not None
    assert "ends in the middle" in found.problem
