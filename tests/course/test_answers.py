from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest

from grader.course import Course, load_course
from grader.records import Result, TestResult
from grader.verify import Claim, ExerciseProof, State

ROOT = Path(__file__).resolve().parents[2]
COURSE = load_course(ROOT / "solutions")
EXERCISES = [exercise.name for exercise in COURSE.exercises]
ALTERNATIVES = [
    path
    for name in EXERCISES
    for path in sorted((ROOT / "tests/course/alternatives" / name).glob("*.py"))
]
# Mutants are for `grade verify --mutate`, which takes longer.
CLAIMS = [claim for claim in Claim if claim is not Claim.MUTANTS]


class Verified(Protocol):
    @property
    def proofs(self) -> Mapping[str, ExerciseProof]: ...


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_claim_about_an_exercise_holds(
    exercise: str, claim: Claim, verified: Verified
) -> None:
    proof = verified.proofs[exercise]

    assert [f"{each.where}: {each.what}" for each in proof.problems if each.claim is claim] == []
    assert proof.claims[claim] is State.HOLDS


@pytest.mark.parametrize("exercise", EXERCISES)
def test_what_was_proved_is_the_whole_exercise(
    exercise: str, course: Course, verified: Verified
) -> None:
    known = course.exercise(exercise)
    figures = verified.proofs[exercise].figures

    assert figures.functions == len(known.functions)
    assert figures.misconceptions == len(known.misconception_paths)
    assert figures.tests > len(known.functions)
    assert figures.seeds == 20


@pytest.mark.parametrize("path", ALTERNATIVES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_another_right_answer_scores_full_marks(
    path: Path, course: Course, handed: Mapping[tuple[str, str], Result]
) -> None:
    result = handed[path.parent.name, f"alternatives_{path.stem}"]

    assert [f"{test.name}: {_why(test)}" for test in result.tests if not test.is_passed] == []
    assert result.points == pytest.approx(course.exercise(path.parent.name).max_points)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_exercise_has_two_other_right_answers(exercise: str) -> None:
    assert sum(path.parent.name == exercise for path in ALTERNATIVES) >= 2


def _why(test: TestResult) -> str:
    finding = test.finding
    return f"{test.verdict} {finding.rule} {finding.detail}" if finding else str(test.verdict)
