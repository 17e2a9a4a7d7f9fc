"""Names that were missing: what is to blame, and whether it is the student's to mend."""

from collections.abc import Sequence

from grader.grading.names import Names, lost
from grader.intake.bindings import bindings_of
from grader.intake.notebook import Cell, CellKind
from grader.records import LoadProblem
from grader.records.notebook import CellOutcome, CellRun
from grader.records.result import STOPPED
from grader.worker.messages import Problem

RAN, FAILED, STOP, LEFT = (
    *(CellOutcome.RAN, CellOutcome.FAILED),
    *(CellOutcome.STOPPED, CellOutcome.LEFT_OUT),
)
NO_FILE = "FileNotFoundError: [Errno 2] No such file or directory: 'a.csv'"


def missing(name: str) -> str:
    return f"NameError: name '{name}' is not defined"


def cells_of(sources: Sequence[str]) -> list[Cell]:
    """Cell n begins at line 10 n."""
    return [
        Cell(kind=CellKind.CODE, source=source, number=number, line=10 * number)
        for number, source in enumerate(sources, 1)
    ]


def became(cells: Sequence[Cell], outcomes: Sequence[CellOutcome]) -> list[CellRun]:
    return [
        CellRun(number=cell.number, line=cell.line, count=cell.line_count, outcome=outcome)
        for cell, outcome in zip(cells, outcomes, strict=True)
    ]


def names(
    sources: Sequence[str], outcomes: Sequence[CellOutcome], *problems: tuple[int, str, str]
) -> Names:
    cells = cells_of(sources)
    found = [LoadProblem(line=line, error=e, statement=s) for line, e, s in problems]
    return Names(cells, became(cells, outcomes), found, bindings_of(cells))


def test_a_definition_that_failed_in_a_function_above_is_known_by_its_text() -> None:
    found = names(
        ["def load():\n    return 1 / 0", "rides = load()", "rides.mean()"],
        [RAN, FAILED, FAILED],
        (11, "ZeroDivisionError: division by zero", "rides = load()"),
        (30, missing("rides"), "rides.mean()"),
    )
    assert [*found.notes()] == [
        "`rides` (line 1 of cell [3]) is missing because line 1 of cell [2] failed."
    ]


def test_names_with_one_cause_are_told_together_and_the_first_five_by_name() -> None:
    given = ", ".join("abcdefg")
    uses = [(20 + place, missing(name), name) for place, name in enumerate("abcdefga")]
    found = names(
        [f"{given} = open('a.csv')", "\n".join("abcdefga")],
        [FAILED, FAILED],
        (10, NO_FILE, f"{given} = open('a.csv')"),
        *uses,
    )
    (note,) = found.notes()
    assert note.startswith("`a` (line 1 of cell [2]), `b` (line 2 of cell [2]), ")
    assert note.endswith("and 2 more are missing because line 1 of cell [1] failed.")
    assert all(problem.is_foreign for problem in found.problems)


def test_a_cell_that_was_stopped_or_left_out_may_be_the_cause() -> None:
    found = names(
        ["w = train()\nv = 1", "print(w, v)", "late = train()", "print(late)", "print(v)"],
        [STOP, FAILED, LEFT, FAILED, FAILED],
        (10, STOPPED, "w = train()"),
        (20, missing("w"), "print(w, v)"),
        (40, missing("late"), "print(late)"),
        (50, missing("v"), "print(v)"),
    )
    assert [*found.notes()] == [
        "`w` (line 1 of cell [2]) is missing because line 1 of cell [1] was stopped.",
        "`late` (line 1 of cell [4]) is missing because cell [3] was not run to its end.",
        "`v` (line 1 of cell [5]) is missing because cell [1] was not run to its end.",
    ]
    assert not any(problem.is_foreign for problem in found.problems)


def test_what_a_star_import_should_have_brought_is_missing_for_its_sake() -> None:
    found = names(
        ["from helper import *", "plot()\nx = 1"],
        [FAILED, FAILED],
        (10, "ModuleNotFoundError: No module named 'helper'", "from helper import *"),
        (20, missing("plot"), "plot()"),
    )
    assert [*found.notes()] == [
        "`plot` (line 1 of cell [2]) is missing because line 1 of cell [1] failed."
    ]
    assert [problem.is_foreign for problem in found.problems] == [True, True]


def test_a_name_that_is_defined_above_and_below_is_not_out_of_order() -> None:
    found = names(
        ["if False:\n    x = 1", "print(x)", "x = 2"],
        [RAN, FAILED, RAN],
        (20, missing("x"), "print(x)"),
    )
    assert [*found.notes()] == []
    assert [problem.is_foreign for problem in found.problems] == [False]


def test_each_name_is_told_once() -> None:
    found = names(
        ["print(x)\nprint(x)", "x = 2"],
        [FAILED, RAN],
        (10, missing("x"), "print(x)"),
        (11, missing("x"), "print(x)"),
    )
    assert len([*found.notes()]) == 1


def test_of_a_file_no_cell_is_told() -> None:
    problem = LoadProblem(line=3, error=missing("x"), statement="x")
    found = Names((), (), [problem], bindings_of(()))
    assert [*found.notes()] == []
    assert found.problems == (problem,)


def test_functions_in_a_cell_that_is_not_python_are_lost_and_in_others_not() -> None:
    cells = cells_of(["def f(:", "def g(): return exec('(')\ng()", ">>> def h(): ..."])
    problems = [
        Problem(10, "SyntaxError: invalid syntax (in or after `f`)", ""),
        Problem(20, "SyntaxError: '(' was never closed", ""),
    ]
    found = lost(became(cells, [FAILED, FAILED, RAN]), problems, bindings_of(cells))
    assert found == {"f": "Cell [1] is not Python, so its f does not count."}
