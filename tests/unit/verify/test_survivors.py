"""Mutants that survive, those that may, and explanations of those that do not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.course import Course
from grader.course.model import Equivalent
from grader.records import Result, Status, TestResult, Tier, Verdict, Visibility
from grader.verify import Claim
from grader.verify.survivors import Mutants

REFERENCE = '''# BEGIN SOLUTION
def _scaled(x):
    return x * 3


# END SOLUTION
def double(x):
    """Twice as much."""
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION
'''


@pytest.fixture
def mutants(tmp_path: Path, build_course: Callable[[Path, Any], Course]) -> Callable[..., Mutants]:
    files = {
        "exercise.toml": 'title = "Twice"\n[functions.double]\npoints = 1\n',
        "twice.py": REFERENCE,
        "test_hidden.py": "",
    }
    exercise = build_course(tmp_path, {"twice": files}).exercise("twice")

    def make(*explained: str) -> Mutants:
        equivalents = tuple(
            Equivalent(function="double", mutant=name, reason="why not") for name in explained
        )
        return Mutants(msgspec.structs.replace(exercise, equivalents=equivalents))

    return make


def graded(student: str, verdict: Verdict | None) -> Result:
    test = TestResult(
        name="test_double_of_three",
        title="Of three",
        function="double",
        verdict=verdict or Verdict.PASSED,
        points=0.0,
        max_points=1.0,
        visibility=Visibility.HINT,
        wall_seconds=0.0,
        seed=1,
    )
    return Result(
        student=student,
        exercise="twice",
        title="Twice",
        points=None if verdict in (None, Verdict.GRADER_ERROR) else 0.0,
        max_points=1.0,
        status=Status.NOT_GRADABLE if verdict in (None, Verdict.GRADER_ERROR) else Status.GRADED,
        sandbox_tier=Tier.NONE,
        device="cpu",
        seed=1,
        started_at="",
        wall_seconds=0.0,
        filename="twice.py",
        sha256="",
        suite_sha256="",
        reason=None if verdict else "no worker",
        tests=() if verdict is None else (test,),
    )


def results(mutants: Mutants, verdict: Verdict | None) -> dict[str, Result]:
    students = [each.submission.student for each in mutants.candidates]
    return {student: graded(student, verdict) for student in students}


def a_name(mutants: Mutants) -> str:
    """What a mutant of `double` is called in an explanation."""
    name = next(each.name for each in mutants.candidates if each.name.startswith("double: "))
    return name.removeprefix("double: ")


def test_a_mutant_is_asked_the_tests_of_its_function_and_one_of_a_helper_all(
    mutants: Callable[..., Mutants],
) -> None:
    asked = {each.name.partition(":")[0]: each.functions for each in mutants().candidates}
    assert asked == {"double": frozenset({"double"}), "_scaled": None}


def test_a_mutant_that_a_test_or_a_stumbling_suite_notices_is_killed(
    mutants: Callable[..., Mutants],
) -> None:
    for verdict in (Verdict.WRONG, Verdict.TIMED_OUT, Verdict.GRADER_ERROR):
        made = mutants()
        outcome = made.outcome(results(made, verdict))
        assert outcome.problems == ()
        assert outcome.figures.killed == outcome.figures.mutants == len(made.candidates)


def test_a_survivor_is_a_problem_unless_it_is_explained(mutants: Callable[..., Mutants]) -> None:
    name = a_name(mutants())
    made = mutants(name)
    outcome = made.outcome(results(made, Verdict.PASSED))
    assert {problem.claim for problem in outcome.problems} == {Claim.MUTANTS}
    assert len(outcome.problems) == len(made.candidates) - 1
    assert not any(problem.what.endswith(f" {name}") for problem in outcome.problems)
    assert outcome.problems[0].where == "twice/twice.py, line 3"
    assert outcome.problems[-1].where == "twice/twice.py, line 10"
    assert (outcome.figures.killed, outcome.figures.explained) == (0, 1)


def test_an_explanation_of_what_does_not_survive_is_a_problem(
    mutants: Callable[..., Mutants],
) -> None:
    name = a_name(mutants())
    made = mutants(name, "x → y")
    outcome = made.outcome(results(made, Verdict.WRONG))
    assert [problem.what for problem in outcome.problems] == [
        f"It explains {name} in double, which is noticed by a hidden test now.",
        "It explains x → y in double, which is not made any more.",
    ]
    assert outcome.figures.explained == 0


def test_a_mutant_that_nobody_could_judge_is_not_called_killed(
    mutants: Callable[..., Mutants],
) -> None:
    made = mutants()
    outcome = made.outcome(results(made, None))
    assert {problem.claim for problem in outcome.problems} == {Claim.GRADABLE}
    assert "no worker" in outcome.problems[0].what
