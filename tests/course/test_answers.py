from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.course import Course, load_course
from grader.records import Result, TestResult, Verdict

ROOT = Path(__file__).resolve().parents[2]
COURSE = load_course(ROOT / "solutions")
EXERCISES = [exercise.name for exercise in COURSE.exercises]
ALTERNATIVES = sorted((ROOT / "tests/course/alternatives").glob("*/*.py"))

Graded = Callable[[str], Mapping[str, Result]]


def _lost(result: Result) -> list[str]:
    """The tests that took points, with what they said."""
    return [f"{test.name}: {_why(test)}" for test in result.tests if not test.is_passed]


def _why(test: TestResult) -> str:
    finding = test.finding
    return f"{test.verdict} {finding.rule} {finding.detail}" if finding else str(test.verdict)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_reference_scores_full_marks(exercise: str, course: Course, graded: Graded) -> None:
    result = graded(exercise)["reference"]

    assert _lost(result) == []
    assert result.points == pytest.approx(course.exercise(exercise).max_points)


@pytest.mark.parametrize("path", ALTERNATIVES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_another_right_answer_scores_full_marks(path: Path, course: Course, graded: Graded) -> None:
    result = graded(path.parent.name)[f"alternative_{path.stem}"]

    assert _lost(result) == []
    assert result.points == pytest.approx(course.exercise(path.parent.name).max_points)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_exercise_has_two_other_right_answers(exercise: str) -> None:
    assert sum(path.parent.name == exercise for path in ALTERNATIVES) >= 2


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_stub_is_not_attempted_and_scores_nothing(exercise: str, graded: Graded) -> None:
    result = graded(exercise)["stub"]

    assert {test.verdict for test in result.tests} == {Verdict.NOT_ATTEMPTED}
    assert result.points == 0
    assert result.load_problems == ()


@pytest.mark.parametrize("exercise", EXERCISES)
def test_points_of_each_function_add_up_to_what_it_is_worth(
    exercise: str, course: Course, graded: Graded
) -> None:
    tests = graded(exercise)["reference"].tests

    for function in course.exercise(exercise).functions:
        worth = sum(test.max_points for test in tests if test.function == function.name)
        assert worth == pytest.approx(function.points), function.name
