"""The checksums here are what nbgrader itself wrote into these cells."""

import json
from typing import Any

import pytest

from grader.intake.notebook import Notebook, read_notebook

LOCKED: dict[str, Any] = {"deletable": False, "editable": False}
UNWRITTEN = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
DOUBLE = {"grade_id": "double", "solution": True, "checksum": "c057dcaa0110547c0d8860f1f6bbe486"}
TESTS = {
    "grade_id": "double-tests",
    "grade": True,
    "locked": True,
    "points": 2,
    "checksum": "e1706b9791d16a85c1e4773e91d66cb1",
}
INTRO = {
    "grade_id": "intro",
    "locked": True,
    "checksum": "05852f8a6324d62b77f86cc4503b685c",
}
VERSIONS: list[dict[str, Any]] = [
    {},
    {"schema_version": 1},
    {"schema_version": 2, "cell_type": "code"},
    {"schema_version": 3, "cell_type": "code", "task": False},
]


def cell(source: str, kind: str = "code", /, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": metadata, "source": source}


def read(*cells: dict[str, Any], **metadata: Any) -> Notebook:
    document = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    return read_notebook(json.dumps(document).encode())


@pytest.mark.parametrize("version", VERSIONS)
def test_nbgraders_own_checksums_fit_and_a_changed_cell_does_not(version: dict[str, Any]) -> None:
    nbgrader = {"grade": False, "locked": False, "solution": False, **version}
    said = {"nbgrader": nbgrader | TESTS}
    assert read(cell("assert double(2) == 4", **said)).notes == ()
    changed = read(cell("assert True", **said))
    assert changed.notes == ("Cells that were given out locked are changed: [1].",)
    assert changed.cells[0].is_changed
    prose = {"nbgrader": nbgrader | INTRO}
    assert read(cell("Read this first.", "markdown", **prose)).notes == ()
    (note,) = read(cell("Skip this.", "markdown", **prose)).notes
    assert note == "Cells that were given out locked are changed: the text “Skip this.”."
    heading = f"<!-- BEGIN -->\n### **Question 1.** Write `my_double`, {'please ' * 9}"
    (note,) = read(cell(heading, "markdown", **prose)).notes
    assert note.endswith("changed: the text “Question 1. Write my_double, please plea …”.")


def test_an_answer_may_change_and_is_told_if_it_did_not() -> None:
    written = read(cell("def double(x): return 2 * x", nbgrader=DOUBLE))
    assert written.cells[0].is_answer
    assert written.notes == ()
    (note,) = read(cell(UNWRITTEN, nbgrader=DOUBLE)).notes
    assert note == "Cells for your answers that are still as they were given out: [1]."


def test_what_else_is_odd_does_not_hide_a_changed_cell() -> None:
    odd = {"tags": 7, "editable": None, "collapsed": [1], "nbgrader": TESTS}
    assert read(cell("assert True", **odd)).cells[0].is_changed
    assert not read(cell("x", nbgrader={"points": "many", "checksum": 1})).cells[0].is_changed


def test_answers_are_found_by_otters_tag_and_by_both_tools_markers() -> None:
    notebook = read(
        cell("a = 1", tags=["otter_answer_cell"]),
        cell("# BEGIN SOLUTION", "raw"),
        cell("b = 1"),
        cell("# END SOLUTION", "raw"),
        cell("c = 1"),
        cell("### BEGIN SOLUTION\nd = 1\n### END SOLUTION"),
        cell("e = 1 # SOLUTION"),
    )
    assert [each.source[0] for each in notebook.code_cells if each.is_answer] == [
        "a",
        "b",
        "#",
        "e",
    ]


def test_a_locked_cell_where_otters_check_stood_is_changed() -> None:
    otter: dict[str, Any] = {"tests": {"q1": {}, "q2": {}}}
    sound = [cell('grader.check("q1")', **LOCKED), cell("grader.check('q2')", **LOCKED)]
    helper = cell("def plot(): ...", **LOCKED)
    assert read(*sound, helper, otter=otter).notes == ()
    (note,) = read(sound[0], cell("True", **LOCKED), otter=otter).notes
    assert note == "Cells that were given out locked are changed: [2]."
