"""Mistakes one at a time, as `grade verify` proves them, and two at a time."""

from __future__ import annotations

import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest

from grader.course import load_course
from grader.records import Result, TestResult
from grader.suite.oracle import Misconception
from grader.verify import ExerciseProof, State

ROOT = Path(__file__).resolve().parents[2]
COURSE = load_course(ROOT / "solutions")
MISCONCEPTIONS = {
    path: Misconception(path)
    for exercise in COURSE.exercises
    for path in exercise.misconception_paths
}
COMBINATIONS = {
    path: runpy.run_path(str(path))
    for exercise in COURSE.exercises
    for path in sorted((ROOT / "tests/course/combinations" / exercise.name).glob("*.py"))
}


class Verified(Protocol):
    @property
    def proofs(self) -> Mapping[str, ExerciseProof]: ...

    @property
    def results(self) -> Mapping[tuple[str, str], Result]: ...


class Combination:
    """Two mistakes in one function, and what came of a submission that is right but for them."""

    def __init__(self, path: Path, results: Mapping[tuple[str, str], Result]) -> None:
        said: dict[str, Any] = COMBINATIONS[path]
        self.function: str = said["function"]
        self.codes: tuple[str, ...] = said["codes"]
        self.result = results[path.parent.name, f"combinations_{path.stem}"]


@pytest.fixture(params=MISCONCEPTIONS, ids=lambda path: f"{path.parents[1].name}/{path.stem}")
def misconception(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(params=COMBINATIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def combination(
    request: pytest.FixtureRequest, handed: Mapping[tuple[str, str], Result]
) -> Combination:
    return Combination(request.param, handed)


def test_a_mistake_is_caught_where_it_says_nowhere_else_and_by_its_own_name(
    misconception: Path, verified: Verified
) -> None:
    exercise = misconception.parents[1].name
    proof = verified.proofs[exercise]
    where = f"{exercise}/misconceptions/{misconception.name}"

    assert [each.what for each in proof.problems if each.where == where] == []
    assert proof.state is not State.NOT_GRADABLE


def test_a_mistake_is_told_with_a_title_and_hint_of_its_code(
    misconception: Path, verified: Verified
) -> None:
    mistake = MISCONCEPTIONS[misconception].mistake
    result = verified.results[misconception.parents[1].name, f"misconception {mistake.name}"]

    told = _told(result.tests)
    # Several wordings may share a code, and fit the same test.
    assert told
    assert told <= _words(misconception.parent, mistake.function, (mistake.code,))


def test_two_mistakes_at_once_lose_points_in_their_function_only(combination: Combination) -> None:
    failed = {test.function for test in combination.result.tests if not test.is_passed}

    assert failed == {combination.function}


def test_of_two_mistakes_none_is_named_that_was_not_made(combination: Combination) -> None:
    named = {test.diagnosis for test in combination.result.tests} - {None}

    assert named <= set(combination.codes)


def test_of_two_mistakes_the_words_told_are_those_of_one_of_them(combination: Combination) -> None:
    folder = COURSE.exercise(combination.result.exercise).folder / "misconceptions"
    words = _words(folder, combination.function, combination.codes)

    assert _told(combination.result.tests) <= words


@pytest.mark.parametrize("exercise", [exercise.name for exercise in COURSE.exercises])
def test_every_exercise_has_three_answers_with_two_mistakes(exercise: str) -> None:
    assert sum(path.parent.name == exercise for path in COMBINATIONS) >= 3


def _told(tests: tuple[TestResult, ...]) -> set[tuple[str | None, str | None]]:
    return {
        (test.diagnosis_title, test.diagnosis_hint) for test in tests if test.diagnosis is not None
    }


def _words(
    folder: Path, function: str, codes: tuple[str, ...]
) -> set[tuple[str | None, str | None]]:
    """Titles and hints of a function's mistakes."""
    mistakes = [each.mistake for path, each in MISCONCEPTIONS.items() if path.parent == folder]
    return {
        (each.title, each.hint)
        for each in mistakes
        if each.function == function and each.code in codes
    }
