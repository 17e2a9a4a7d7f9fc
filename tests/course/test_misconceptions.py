from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.course import load_course
from grader.records import Result, Verdict
from grader.suite.oracle import Misconception

COURSE = load_course(Path(__file__).resolve().parents[2] / "solutions")
MISCONCEPTIONS = {
    path: Misconception(path)
    for exercise in COURSE.exercises
    for path in exercise.misconception_paths
}

Graded = Callable[[str], Mapping[str, Result]]


class Case:
    """A misconception, and what came of a submission that is right but for it."""

    def __init__(self, path: Path, graded: Graded) -> None:
        self.misconception = MISCONCEPTIONS[path]
        self.function = self.misconception.mistake.function
        self.code = self.misconception.mistake.code
        self.result = graded(path.parents[1].name)[path.stem]
        self.failed = [test for test in self.result.tests if test.verdict is not Verdict.PASSED]


@pytest.fixture(params=MISCONCEPTIONS, ids=lambda path: f"{path.parents[1].name}/{path.stem}")
def case(request: pytest.FixtureRequest, graded: Graded) -> Case:
    return Case(request.param, graded)


def test_fails_every_test_it_names(case: Case) -> None:
    failed = {test.name.partition("[")[0] for test in case.failed}

    assert case.misconception.fails
    assert set(case.misconception.fails) <= failed


def test_passes_the_tests_of_every_other_function(case: Case) -> None:
    assert {test.function for test in case.failed} == {case.function}


def test_is_named_by_its_own_code_and_no_other(case: Case) -> None:
    named = {test.diagnosis for test in case.failed} - {None}

    assert named == {case.code}


def test_tells_the_student_a_title_and_hint_of_its_code(case: Case) -> None:
    told = {
        (test.diagnosis_title, test.diagnosis_hint)
        for test in case.failed
        if test.diagnosis is not None
    }

    # Several wordings may share a code, and fit the same test.
    same = [m for m in MISCONCEPTIONS.values() if _key(m) == _key(case.misconception)]
    assert told
    assert told <= {(m.mistake.title, m.mistake.hint) for m in same}


def _key(misconception: Misconception) -> tuple[str, str]:
    return misconception.mistake.function, misconception.mistake.code
