"""A proof as a table, a list of what is broken, and a line."""

import io

import pytest
from rich.console import Console

from grader.cli.proof import show_proof
from grader.screen import THEME
from grader.verify import Claim, CourseProof, Figures, Problem
from grader.verify.proof import conclude

FIGURES = Figures(functions=2, tests=9, misconceptions=1, seeds=20, failures=1000, diagnosed=999)


def shown(*problems: Problem, figures: Figures = FIGURES) -> list[str]:
    proof = CourseProof(
        course="small",
        device="cpu",
        sandbox_tier="full",
        wall_seconds=58.6,
        figures=figures,
        diagnosis_rate=figures.diagnosis_rate,
        exercises=(conclude("twice", "Twice [bold]", figures, problems, []),),
    )
    text = io.StringIO()
    screen = Console(theme=THEME, file=text, width=100, markup=False, highlight=False, emoji=False)
    show_proof(screen, proof)
    return [line.rstrip() for line in text.getvalue().splitlines()]


def problem(claim: Claim, what: str, todo: str = "Mend it.") -> Problem:
    return Problem(exercise="twice", claim=claim, where="twice/twice.py", what=what, todo=todo)


def test_a_proved_course_is_a_table_and_a_line() -> None:
    assert shown() == [
        "Exercise      Functions  Tests  Misconceptions  Seeds  Verdict",
        "Twice [bold]          2      9               1     20  ✓ proved",
        "",
        "Proved: 2 functions, 9 tests, 1 misconception, 99.9 % of 1000 failures diagnosed, 59 s.",
    ]


def test_a_rate_of_all_is_told_of_all_only() -> None:
    nearly = Figures(failures=100_000, diagnosed=99_999)
    assert "99.9 % of" in shown(figures=nearly)[-1]
    assert "100 % of" in shown(figures=Figures(failures=3, diagnosed=3))[-1]
    assert "diagnosed" not in shown(figures=Figures())[-1]


def test_what_is_to_be_done_alike_is_said_once() -> None:
    lines = shown(
        problem(Claim.STUB, "One."), problem(Claim.STUB, "Two."), problem(Claim.EMPTY, "Three.")
    )
    assert lines[1].endswith("✗ 3 problems")
    assert lines[3:14] == [
        "Twice [bold]",
        "  ✗ does not hold: the stub scores nothing",
        "    where  twice/twice.py",
        "    what   One.",
        "    where  twice/twice.py",
        "    what   Two.",
        "    to do  Mend it.",
        "  ✗ does not hold: no test passes on an empty answer",
        "    where  twice/twice.py",
        "    what   Three.",
        "    to do  Mend it.",
    ]
    assert lines[-1].startswith("Not proved: ")


def test_what_steers_a_terminal_is_not_printed() -> None:
    lines = shown(problem(Claim.GRADABLE, "It said \x1b[2J."))
    assert "    what   It said [2J." in lines
    assert lines[1].endswith("! not gradable")
    assert lines[-1].startswith("Not gradable: ")


@pytest.mark.parametrize(
    ("explained", "words"), [(0, "5 mutants, 4 caught, "), (1, "5 mutants, 4 caught, 1 explained")]
)
def test_mutants_have_a_column_where_they_were_made(explained: int, words: str) -> None:
    lines = shown(figures=Figures(functions=2, mutants=5, killed=4, explained=explained))
    assert "Mutants" in lines[0]
    assert words in lines[-1]
