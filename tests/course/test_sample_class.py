from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from grader.course import load_course
from grader.records import Result, Status, Verdict

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "tests" / "assets"
POINTS = 0.002
"""Points are rounded where they are written down."""


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What grading one file should conclude; `tests/assets/README.md` explains the format."""

    points: float
    max_points: float
    status: Status
    verdicts: dict[Verdict, int]
    functions: dict[str, float]
    diagnosis: dict[str, str] = {}


def _expectations() -> dict[tuple[str, str], Expected]:
    return {
        (path.stem, exercise): msgspec.convert(table, Expected)
        for path in sorted((ASSETS / "expected").glob("*.toml"))
        for exercise, table in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


EXPECTED = _expectations()
Sample = Mapping[tuple[str, str], Result]


class Case:
    """A file of the class: what was expected of it and what came."""

    def __init__(self, key: tuple[str, str], sample: Sample) -> None:
        self.expected = EXPECTED[key]
        self.result = sample[key]

    def named(self) -> dict[str, str]:
        """The code that most of a function's failed tests carry, by function."""
        codes: dict[str, Counter[str]] = {}
        for test in self.result.tests:
            if test.diagnosis is not None:
                codes.setdefault(test.function, Counter())[test.diagnosis] += 1
        return {function: counter.most_common(1)[0][0] for function, counter in codes.items()}

    def points(self) -> dict[str, float]:
        """The points earned, by function."""
        earned: dict[str, float] = {}
        for test in self.result.tests:
            earned[test.function] = earned.get(test.function, 0.0) + test.points
        return earned


@pytest.fixture(params=EXPECTED, ids="/".join)
def case(request: pytest.FixtureRequest, sample: Sample) -> Case:
    return Case(request.param, sample)


def test_points_are_as_expected(case: Case) -> None:
    assert case.result.status is case.expected.status
    assert case.result.points == pytest.approx(case.expected.points, abs=POINTS)
    assert case.result.max_points == pytest.approx(case.expected.max_points, abs=POINTS)


def test_points_of_each_function_are_as_expected(case: Case) -> None:
    assert case.points() == pytest.approx(case.expected.functions, abs=POINTS)


def test_verdicts_are_as_expected(case: Case) -> None:
    verdicts = Counter(test.verdict for test in case.result.tests)

    assert verdicts == case.expected.verdicts


def test_mistakes_are_named_as_expected(case: Case) -> None:
    assert case.named() == case.expected.diagnosis


def test_every_file_of_the_class_has_an_expectation() -> None:
    handed_in = {(path.parent.name, path.stem) for path in ASSETS.glob("submissions/*/*.py")}

    assert handed_in <= EXPECTED.keys()
    assert len({student for student, _ in handed_in}) >= 30


def test_whoever_handed_in_no_file_has_nothing_but_missing(sample: Sample) -> None:
    handed_in = {(path.parent.name, path.stem) for path in ASSETS.glob("submissions/*/*.py")}
    others = [result for key, result in sample.items() if key not in handed_in]

    assert others
    for result in others:
        assert result.points == 0
        assert {test.verdict for test in result.tests} == {Verdict.MISSING}


def test_the_class_has_every_mistake_that_its_homework_names() -> None:
    named = {code for expected in EXPECTED.values() for code in expected.diagnosis.values()}
    course = load_course(ROOT / "solutions")
    codes = {
        line.split('"')[1]
        for exercise in course.exercises
        if exercise.name in {name for _, name in EXPECTED}
        for path in exercise.misconception_paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("code = ")
    }

    # BIAS, in `max_stable_lr`, goes beyond the catalogue.
    assert codes - named <= {"BIAS"}
