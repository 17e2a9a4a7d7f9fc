"""Notebooks through grading: points as for a file, and words for what went on in the cells."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.grading import Terms, grade
from grader.records import Limits, Result, Status, Submission, Tier, Verdict
from grader.records.notebook import CellOutcome
from grader.suite.station import Station, open_station
from grader.worker.launch import Zygote

FUNCTION = "def double(x):\n    return 2 * x"
EXERCISES = {
    "twice": {
        "exercise.toml": 'title = "Twice"\n[functions.double]\npoints = 3\n'
        "[limits]\ncell_seconds = 1\n",
        "twice.py": f"{FUNCTION}\n",
        "test_hidden.py": "def test_double_of_three(agree):\n    agree('double', 3)\n",
    }
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
Graded = Callable[..., Result]


def written(*cells: str, **rest: Any) -> bytes:
    """A notebook of code cells as Jupyter saves it."""
    saved = [{"cell_type": "code", "source": cell, "outputs": [], "metadata": {}} for cell in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": saved, **rest}).encode()


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory, build_course: Callable[[Path, Any], Course]
) -> Course:
    return build_course(tmp_path_factory.mktemp("course"), EXERCISES)


@pytest.fixture
def graded(course: Course, zygote: Zygote) -> Graded:
    """What comes of a notebook."""

    def judge(source: bytes) -> Result:
        submission = Submission(
            student="ada", exercise="twice", filename="twice.ipynb", source=source
        )
        limits = Limits(cell_seconds=1.0)

        def body(station: Station) -> Result:
            return grade(
                submission,
                station.judge("twice"),
                Terms(Tier.NONE, secret=b"secret"),
                lambda: zygote.request(limits).ready(),
            )

        return open_station(course, course.exercises, body)

    return judge


def test_a_notebook_earns_what_its_functions_earn(graded: Graded) -> None:
    result = graded(written("import torch", FUNCTION, "double(4)"))

    assert result.is_full_marks
    assert result.filename == "twice.ipynb"
    assert result.notes == ()
    assert [cell.outcome for cell in result.cells] == [CellOutcome.RAN] * 3
    assert [shown.text for shown in result.cells[2].shown] == ["8"]
    assert result.source.splitlines()[result.cells[1].line - 1] == "def double(x):"


def test_saved_outputs_are_of_no_interest(graded: Graded) -> None:
    cell = {
        "cell_type": "code",
        "source": FUNCTION,
        "outputs": [{"output_type": "error", "ename": "E", "evalue": "old", "traceback": ["old"]}],
    }
    result = graded(json.dumps({"nbformat": 4, "cells": [cell]}).encode())

    assert result.is_full_marks
    assert result.cells[0].shown == ()


def test_a_failing_statement_is_told_with_its_cell(graded: Graded) -> None:
    result = graded(written("x = 1\n1 / 0", FUNCTION))

    assert result.is_full_marks
    assert result.cells[0].outcome is CellOutcome.FAILED
    (problem,) = result.load_problems
    assert problem.line == result.cells[0].line + 1


def test_a_function_that_raises_is_told_with_its_cell(graded: Graded) -> None:
    result = graded(written("x = 1", "def double(x):\n    return x.nothing"))

    (test,) = result.tests
    assert test.verdict is Verdict.RAISED
    assert test.finding
    assert test.finding.rule == "Your code raised AttributeError at line 2 of cell [2]."


def test_commands_that_mean_nothing_here_are_noted_once(graded: Graded) -> None:
    result = graded(written("!pip install torch\n%matplotlib inline", FUNCTION))

    assert result.is_full_marks
    (note,) = result.notes
    assert note == (
        "Not run, as there is no shell and no network where work is graded: "
        "`!pip install torch` (cell [1])."
    )


def test_a_cell_that_never_ends_is_stopped_and_said(graded: Graded) -> None:
    result = graded(written("while True: pass", FUNCTION))

    assert result.is_full_marks
    assert "Stopped at the time limit: cell [1]." in result.notes[0]


def test_a_cell_that_ends_python_is_left_out_and_said(graded: Graded) -> None:
    result = graded(written("import os", "os._exit(0)", FUNCTION))

    assert result.is_full_marks
    assert result.notes[0].startswith("Cell [2] ended Python")
    assert result.cells[1].outcome is CellOutcome.LEFT_OUT
    assert result.cells[0].outcome is CellOutcome.RAN


def test_too_many_cells_that_end_python_end_the_patience(graded: Graded) -> None:
    result = graded(written(*["import os; os._exit(0)"] * 5, FUNCTION))

    (test,) = result.tests
    assert test.verdict is Verdict.CRASHED
    assert result.points == 0


def test_a_name_that_only_a_later_cell_defines_is_told(graded: Graded) -> None:
    result = graded(written("print(rate)", FUNCTION, "rate = 0.1"))

    (note,) = result.notes
    assert note == (
        "`rate` is used at line 1 of cell [1], and only cell [3], further down, defines it. "
        "Run all cells from the top before you hand in."
    )


def test_a_function_that_is_defined_twice_is_told(graded: Graded) -> None:
    result = graded(written("def double(x):\n    return x", FUNCTION))

    assert result.is_full_marks
    assert result.notes == ("`double` is defined in cells [1], [2]; the last one counts.",)


def test_pictures_are_kept_if_they_are_pictures(graded: Graded) -> None:
    show = (
        "class P:\n    def __init__(self, b): self.b = b\n    def _repr_png_(self): return self.b"
    )
    result = graded(written(show, f"display(P({PIXEL!r}), P(b'<script>'))", FUNCTION))

    assert [shown.picture for shown in result.cells[1].shown] == [PIXEL, b""]


def test_control_characters_do_not_reach_a_reader(graded: Graded) -> None:
    result = graded(written("print('\\x1b[31mred\\x1b[0m\\x07')\nprint('1 %\\r100 %')", FUNCTION))

    assert [shown.text for shown in result.cells[0].shown] == ["red\n100 %\n"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "The notebook is empty"),
        (b'{"cells": [{"cell_type": "code"', "ends in the middle"),
        (b"<!DOCTYPE html>", "is a web page"),
        (b"def double(x): return 2 * x", "name it .py"),
        (b'{"student": 1}', "JSON and no notebook"),
    ],
)
def test_what_is_no_notebook_is_the_students_to_mend_and_said(
    graded: Graded, source: bytes, words: str
) -> None:
    result = graded(source)

    assert (result.status, result.points) == (Status.GRADED, 0)
    (test,) = result.tests
    assert test.verdict is Verdict.MISSING
    assert test.finding
    assert words in test.finding.rule


def test_a_notebook_of_nothing_defines_nothing(graded: Graded) -> None:
    result = graded(written())

    (test,) = result.tests
    assert test.finding
    assert test.finding.rule == "twice.ipynb defines no function double."
