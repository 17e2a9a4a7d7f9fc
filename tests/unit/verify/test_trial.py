"""Candidates are judged like anybody, but for what nobody would look at."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.executor import run_inline
from grader.grading import Terms
from grader.records import Result, Tier, Verdict
from grader.verify.candidates import Candidate, Kind, candidate
from grader.verify.trial import NOT_NEEDED, Trial
from grader.worker.launch import Zygote

REFERENCE = "def double(x):\n    return 2 * x\n\n\ndef half(x):\n    return x / 2\n"
ADDS = (
    '"""It adds.\n\nIs it the same?\n"""\nfunction = "double"\ncode = "ADD"\n'
    'fails = ("test_double_of_three",)\n\n\ndef double(x):\n    return x + 2\n'
)
HIDDEN = """
def test_double_of_two(agree):
    agree("double", 2)


def test_double_of_three(agree):
    agree("double", 3)


def test_double_of_four(agree):
    agree("double", 4)


def test_half_of_nine(agree):
    agree("half", 9.0)
"""
TOML = 'title = "Twice"\n[functions.double]\npoints = 3\n[functions.half]\npoints = 1\n'
Grade = Callable[..., Result]


@pytest.fixture
def course(tmp_path: Path, build_course: Callable[[Path, Any], Course]) -> Course:
    files: Mapping[str, str] = {
        "exercise.toml": TOML,
        "twice.py": REFERENCE,
        "test_hidden.py": HIDDEN,
        "misconceptions/adds.py": ADDS,
    }
    return build_course(tmp_path, {"twice": files})


@pytest.fixture
def grade(course: Course, zygote: Zygote) -> Grade:
    def run(kind: Kind, source: str, *functions: str) -> Result:
        own = frozenset(functions) or None
        each: Candidate = candidate(course.exercise("twice"), kind, "one", source, own)
        key = (each.submission.exercise, each.submission.student)
        trial = Trial(
            course=course,
            exercises=course.exercises,
            terms=Terms(Tier.NONE),
            candidates={key: each},
        )
        (result,) = run_inline(trial, [each.submission], zygote)
        return result

    return run


def verdicts(result: Result) -> dict[str, Verdict]:
    return {test.name.removeprefix("test_"): test.verdict for test in result.tests}


def test_the_reference_is_judged_as_a_student_is(grade: Grade) -> None:
    result = grade(Kind.REFERENCE, REFERENCE)
    assert result.is_full_marks
    assert result.max_points == 4
    assert len(result.tests) == 4


def test_a_misconception_is_asked_about_its_functions_only_and_named(grade: Grade) -> None:
    result = grade(Kind.MISCONCEPTION, f"{REFERENCE}\n{ADDS}", "double")
    assert verdicts(result) == {
        "double_of_two": Verdict.PASSED,
        "double_of_three": Verdict.WRONG,
        "double_of_four": Verdict.WRONG,
    }
    assert [test.diagnosis for test in result.tests] == [None, "ADD", "ADD"]
    assert (result.points, result.max_points) == (1, 3)


def test_a_mutants_tests_end_with_the_first_that_fails_and_nothing_is_named(grade: Grade) -> None:
    result = grade(Kind.MUTANT, REFERENCE.replace("2 * x", "2 + x"), "double")
    assert verdicts(result) == {
        "double_of_two": Verdict.PASSED,
        "double_of_three": Verdict.WRONG,
        "double_of_four": Verdict.SKIPPED,
    }
    assert result.tests[2].reason == NOT_NEEDED
    assert {test.diagnosis for test in result.tests} == {None}


def test_a_mutant_of_a_helper_is_asked_everything(grade: Grade) -> None:
    result = grade(Kind.MUTANT, REFERENCE.replace("x / 2", "x / 3"))
    assert verdicts(result)["half_of_nine"] is Verdict.WRONG


def test_an_empty_answer_is_asked_everything_and_not_named(grade: Grade) -> None:
    source = "def double(x):\n    return x + 2\n\n\ndef half(x):\n    return None\n"
    result = grade(Kind.EMPTY, source)
    assert verdicts(result) == {
        "double_of_two": Verdict.PASSED,
        "double_of_three": Verdict.WRONG,
        "double_of_four": Verdict.WRONG,
        "half_of_nine": Verdict.WRONG,
    }
    assert {test.diagnosis for test in result.tests} == {None}


def test_a_broken_suite_is_as_broken_for_those_who_are_asked_less(
    course: Course, grade: Grade
) -> None:
    course.exercise("twice").hidden_suite_path.write_text("def test_double_of_two(agree):\n")
    for kind in Kind:
        result = grade(kind, REFERENCE, "double")
        assert result.points is None
        assert "Error" in (result.reason or "")
