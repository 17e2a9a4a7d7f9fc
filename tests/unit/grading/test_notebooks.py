"""Notebooks through grading: points as for a file, and words for what went on in the cells."""

import base64
import functools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import Course
from grader.grading import Terms, grade
from grader.records import Limits, Result, Status, Submission, Tier, Verdict
from grader.records.notebook import CellOutcome
from grader.suite.station import Station, open_station
from grader.worker.launch import Zygote
from tests.profiles import examples

FUNCTION = "def double(x):\n    return 2 * x"
EXERCISES = {
    "twice": {
        "exercise.toml": 'title = "Twice"\n[functions.double]\npoints = 3\n'
        "[limits]\ncell_seconds = 1\n",
        "twice.py": f"{FUNCTION}\n",
        "test_hidden.py": "def test_double_of_three(agree):\n    agree('double', 3)\n",
    },
}
EXERCISES["defined"] = {
    "exercise.toml": f'notebook = "definitions"\n{EXERCISES["twice"]["exercise.toml"]}',
    "defined.py": EXERCISES["twice"]["twice.py"],
    "test_hidden.py": EXERCISES["twice"]["test_hidden.py"],
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
NOTEBOOKS = Path(__file__).parents[2] / "assets" / "notebooks"
VALID = ("version-3", "version-4-5", "lists-of-lines", "stale-outputs", "nbgrader", "otter")
TEXT = st.text(st.characters(), max_size=20) | st.sampled_from(["code", "markdown", "x = (", "%%x"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
Place = tuple[str | int, ...]
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
def judging(course: Course, zygote: Zygote) -> Callable[[Callable[[Graded], Any]], Any]:
    """Runs something that grades notebooks, as many as it likes."""

    def run(body: Callable[[Graded], Any]) -> Any:
        limits = Limits(cell_seconds=1.0)
        terms = Terms(Tier.NONE, secret=b"secret")

        def within(station: Station) -> Any:
            def judge(source: bytes, exercise: str = "twice") -> Result:
                submission = Submission(
                    student="ada", exercise=exercise, filename=f"{exercise}.ipynb", source=source
                )
                return grade(
                    *(submission, station.judge(exercise), terms),
                    lambda: zygote.request(limits).ready(),
                )

            return body(judge)

        return open_station(course, course.exercises, within)

    return run


@pytest.fixture
def graded(judging: Callable[[Callable[[Graded], Any]], Any]) -> Graded:
    """What comes of a notebook."""
    return lambda *asked: judging(lambda judge: judge(*asked))


def test_a_notebook_earns_what_its_functions_earn(graded: Graded) -> None:
    result = graded(written("import torch", FUNCTION, "double(4)"))

    assert result.is_full_marks
    assert result.filename == "twice.ipynb"
    assert result.notes == ()
    assert [cell.outcome for cell in result.cells] == [CellOutcome.RAN] * 3
    assert [shown.text for shown in result.cells[2].shown] == ["8"]
    assert result.source.splitlines()[result.cells[1].line - 1] == "def double(x):"


def test_where_an_exercise_says_definitions_only_what_defines_is_run(graded: Graded) -> None:
    cells = ("print('trained')\nrate = 2\nrates = [rate]", "def double(x):\n    return rate * x")
    result = graded(written(*cells), "defined")

    assert result.is_full_marks
    assert [cell.outcome for cell in result.cells] == [CellOutcome.LEFT_OUT, CellOutcome.RAN]
    assert result.cells[0].shown == ()
    (note,) = result.notes
    assert note == (
        "Of cell [1] only imports, definitions and plain assignments were run: this exercise runs "
        "nothing else."
    )
    assert graded(written(*cells)).cells[0].outcome is CellOutcome.RAN


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


def test_a_cell_failed_only_if_something_of_it_is_its_authors_to_mend(graded: Graded) -> None:
    absent = "from google.colab import drive\ndrive.mount('/content/drive')"
    result = graded(written(absent, f"{absent}\n1 / 0", FUNCTION))

    assert result.is_full_marks
    assert [cell.outcome for cell in result.cells] == ["lacked", "failed", "ran"]
    assert [problem.is_foreign for problem in result.load_problems] == [True] * 4 + [False]


def test_a_function_that_raises_is_told_with_its_cell(graded: Graded) -> None:
    result = graded(written("x = 1", "def double(x):\n    return x.nothing"))

    (test,) = result.tests
    assert test.verdict is Verdict.RAISED
    assert test.finding
    assert test.finding.rule == "Your code raised AttributeError at line 2 of cell [2]."


def test_the_failed_statements_that_are_not_listed_are_counted(graded: Graded) -> None:
    result = graded(written("import no_pandas as pd" + "\npd.DataFrame()" * 60, FUNCTION, "late"))

    assert result.is_full_marks
    assert len(result.load_problems) == 50
    assert [cell.outcome for cell in result.cells] == ["lacked", "ran", "failed"]
    assert result.notes[0] == (
        "62 statements failed, and 50 of them are listed: mend the first ones, and most of the "
        "others may go with them."
    )
    assert result.notes[-1].startswith("`late` is used at line 1 of cell [3]")


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
    assert result.notes[0] == (
        "Stopped at the limit of 1 second: cell [1]. What is defined there still counts."
    )


def test_a_cell_that_ends_python_is_left_out_and_said(graded: Graded) -> None:
    result = graded(written("import os", "os._exit(0)", FUNCTION))

    assert result.is_full_marks
    assert result.notes[0].startswith("Cell [2] ended Python")
    assert result.cells[1].outcome is CellOutcome.LEFT_OUT
    assert result.cells[0].outcome is CellOutcome.RAN


def test_beside_what_ends_python_a_definition_still_counts(graded: Graded) -> None:
    result = graded(written(f"{FUNCTION}\n\nimport os\nos._exit(0)", "later = 1"))

    assert result.is_full_marks
    (note,) = result.notes
    assert note == (
        "Cell [1] ended Python. All cells were run again; of this one only what it defines."
    )


def test_a_cell_that_asks_for_too_much_at_once_is_not_run_again(graded: Graded) -> None:
    result = graded(written("kept = 1\nlarge = bytes(10**14)", FUNCTION))

    assert result.is_full_marks
    assert result.cells[0].outcome is CellOutcome.FAILED
    assert result.notes == ()


def test_a_cell_whose_definitions_end_python_is_left_out_altogether(graded: Graded) -> None:
    result = graded(written("class Gone:\n    import os\n    os._exit(0)", FUNCTION))

    assert result.is_full_marks
    assert "It was left out, and all other cells were run again" in result.notes[0]


def test_of_a_notebook_full_of_endings_only_what_it_defines_is_run(graded: Graded) -> None:
    result = graded(written(*["import os; os._exit(0)"] * 5, FUNCTION))

    assert result.is_full_marks
    assert "So many cells did so" in result.notes[-1]


def test_too_many_cells_that_end_python_end_the_patience(graded: Graded) -> None:
    result = graded(written(*["class Gone:\n    import os\n    os._exit(0)"] * 5, FUNCTION))

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


def places(node: Any, place: Place = ()) -> Iterator[Place]:
    """Where something stands in JSON, but for the whole."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        yield (*place, key)
        if isinstance(value, dict | list):
            yield from places(value, (*place, key))


def reached(document: Any, place: Place) -> Any:
    return functools.reduce(lambda node, key: node[key], place, document)


def is_beside(document: Any, place: Place) -> bool:
    """Whether it is a cell, or in a cell, that has nothing to do with the function asked for."""
    cell = next((index for index, key in enumerate(place) if key == "cells"), len(place)) + 2
    return len(place) >= cell and "def double" not in json.dumps(reached(document, place[:cell]))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[bytes, bool]:
    """A valid notebook to which something was done, and whether that may cost nothing."""
    document = json.loads((NOTEBOOKS / f"{draw(st.sampled_from(VALID))}.ipynb").read_bytes())
    is_harmless = True
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(sorted(places(document), key=repr)))
        where, key = reached(document, place[:-1]), place[-1]
        is_harmless = is_harmless and is_beside(document, place)
        match draw(st.sampled_from(["replace", "delete", "duplicate", "swap"])):
            case "replace":
                where[key] = draw(VALUES)
            case "delete":
                del where[key]
            case "duplicate" if isinstance(where, list):
                where.insert(int(key), where[int(key)])
            case "duplicate":
                where[f"{key}_{key}"] = where[key]
            case _:
                other = draw(
                    st.sampled_from(list(where) if isinstance(where, dict) else range(len(where)))
                )
                where[key], where[other] = where[other], where[key]
                is_harmless = is_harmless and is_beside(document, (*place[:-1], other))
        if not document:
            break
    source = json.dumps(document).encode()
    match draw(st.sampled_from(["whole", "whole", "truncated", "changed"])):
        case "truncated":
            return source[: draw(st.integers(0, len(source) - 1))], False
        case "changed":
            index = draw(st.integers(0, len(source) - 1))
            return source[:index] + draw(st.binary(max_size=2)) + source[index + 1 :], False
    return source, is_harmless


@pytest.mark.hypothesis
def test_whatever_was_done_to_a_notebook_it_is_graded_or_its_author_is_told_why_not(
    judging: Callable[[Callable[[Graded], Any]], Any],
) -> None:
    def body(judge: Graded) -> None:
        @given(mutated())
        @examples(40)
        def check(made: tuple[bytes, bool]) -> None:
            source, is_harmless = made
            result = judge(source)
            assert result.status is Status.GRADED
            (test,) = result.tests
            if is_harmless or test.verdict is Verdict.PASSED:
                assert result.is_full_marks
            else:
                assert test.finding is not None
                assert test.finding.rule.endswith(".")

        check()

    judging(body)


def test_a_notebook_of_nothing_defines_nothing(graded: Graded) -> None:
    result = graded(written())

    (test,) = result.tests
    assert test.finding
    assert test.finding.rule == "twice.ipynb defines no function double."
