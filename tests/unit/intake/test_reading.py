import json

from grader.intake import read_text
from grader.records import Submission

NOTEBOOK = json.dumps(
    {"cells": [{"cell_type": "code", "source": "x = 1"}], "metadata": {}, "nbformat": 4}
).encode()


def submission(filename: str, source: bytes | None) -> Submission:
    return Submission(student="ada", exercise="x", filename=filename, source=source)


def test_a_file_has_no_cells_and_a_notebook_has() -> None:
    assert read_text(submission("x.py", b"x = 1\n")).cells is None
    for name in ("x.ipynb", "X.IPYNB", "x.ipynb.txt", "x.ipynb.json"):
        cells = read_text(submission(name, NOTEBOOK)).cells
        assert cells is not None
        assert [cell.source for cell in cells] == ["x = 1"]


def test_nothing_is_read_of_nothing() -> None:
    assert read_text(submission("x.ipynb", None)).text == ""


def test_a_notebook_under_the_name_of_a_file_is_a_problem() -> None:
    reading = read_text(submission("x.py", NOTEBOOK))
    assert reading.problem is not None
    assert "x.py is a notebook that was named .py" in reading.problem
    assert read_text(submission("x.py", b'{"cells": 1}')).problem is None
