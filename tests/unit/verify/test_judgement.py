"""What results say about claims; `tests/functional/test_verify.py` breaks each claim for real."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.course import Course
from grader.device import Looks
from grader.records import (
    Finding,
    LoadProblem,
    Result,
    Status,
    TestResult,
    Tier,
    Verdict,
    Visibility,
)
from grader.verify import Claim
from grader.verify.candidates import Candidates, Kind, candidates_of
from grader.verify.judgement import Judgement

REFERENCE = '''def double(x):
    """Twice as much."""
    # BEGIN SOLUTION
    return 2 * x
    # END SOLUTION
'''
ADDS = (
    '"""It adds.\n\nIs it the same?\n"""\nfunction = "double"\ncode = "ADD"\n'
    'fails = ("test_double_a",)\n\n\ndef double(x):\n    return x + 2\n'
)
PASSED, WRONG, SKIPPED = Verdict.PASSED, Verdict.WRONG, Verdict.SKIPPED
FINDING = Finding(rule="The result is wrong.", detail="got 3\nand more")
NAMES = ("test_double_a[1]", "test_double_a[2]", "test_double_b", "test_double_c")


@pytest.fixture
def candidates(tmp_path: Path, build_course: Callable[[Path, Any], Course]) -> Candidates:
    files = {
        "exercise.toml": 'title = "Twice"\n[functions.double]\npoints = 4\n',
        "twice.py": REFERENCE,
        "test_hidden.py": "",
        "misconceptions/adds.py": ADDS,
    }
    return candidates_of(build_course(tmp_path, {"twice": files}).exercise("twice"), 3)


def told(name: str, verdict: Verdict, diagnosis: str | None = None) -> TestResult:
    is_wrong = verdict not in (PASSED, SKIPPED)
    return TestResult(
        name=name,
        title=name,
        function="double",
        verdict=verdict,
        points=float(verdict is PASSED),
        max_points=float(verdict is not SKIPPED),
        visibility=Visibility.HINT,
        wall_seconds=0.0,
        seed=1,
        diagnosis=diagnosis,
        finding=Finding(rule="The result is wrong.", detail="got 3\nand more")
        if is_wrong
        else None,
    )


def result(student: str, *tests: TestResult, **changes: Any) -> Result:
    plain = Result(
        student=student,
        exercise="twice",
        title="Twice",
        points=sum(each.points for each in tests),
        max_points=4.0,
        status=Status.GRADED,
        sandbox_tier=Tier.NONE,
        device="cpu",
        seed=41,
        started_at="",
        wall_seconds=0.0,
        filename="twice.py",
        sha256="",
        suite_sha256="",
        tests=tests,
    )
    return msgspec.structs.replace(plain, **changes)


def sound(candidates: Candidates) -> dict[str, Result]:
    """Results of which every claim holds."""
    results = {}
    for each in candidates.candidates:
        verdicts = {
            Kind.REFERENCE: [PASSED] * 4,
            Kind.NOTEBOOK: [PASSED] * 4,
            Kind.STUB: [Verdict.NOT_ATTEMPTED] * 4,
            Kind.EMPTY: [WRONG] * 4,
            Kind.MISCONCEPTION: [WRONG, WRONG, WRONG, PASSED],
        }[each.kind]
        code = "ADD" if each.kind is Kind.MISCONCEPTION else None
        codes = [code if verdict is WRONG else None for verdict in verdicts]
        tests = map(told, NAMES, verdicts, codes)
        results[each.submission.student] = result(each.submission.student, *tests)
    return results


def with_tests(results: dict[str, Result], student: str, **verdicts: Verdict) -> dict[str, Result]:
    """The results with other verdicts for tests that end like the names given."""
    tests = tuple(
        told(each.name, verdicts.get(each.name[12:13], each.verdict), each.diagnosis)
        for each in results[student].tests
    )
    return {**results, student: msgspec.structs.replace(results[student], tests=tests)}


def claims(candidates: Candidates, results: dict[str, Result]) -> list[Claim]:
    return [problem.claim for problem in Judgement(candidates, results).problems]


def test_sound_results_have_no_problem_and_are_counted(candidates: Candidates) -> None:
    judgement = Judgement(candidates, sound(candidates))
    assert judgement.problems == ()
    assert judgement.is_gradable
    figures = judgement.figures
    assert (figures.functions, figures.tests, figures.misconceptions, figures.seeds) == (1, 4, 1, 3)
    # Of the three failing tests the misconception names one, which has two cases.
    assert (figures.failures, figures.diagnosed) == (2, 2)


def test_a_device_that_was_asked_for_in_vain_is_a_claim_that_does_not_hold(
    candidates: Candidates,
) -> None:
    (problem,) = Judgement(candidates, sound(candidates), Looks("cpu", "cuda")).problems
    assert (problem.claim, problem.where) == (Claim.DEVICE, "twice/")
    assert problem.what == "The reference: not looked at on cuda."


def test_one_seed_of_three_is_a_flake_and_all_three_are_not(candidates: Candidates) -> None:
    results = with_tests(sound(candidates), "reference 2", b=WRONG)
    (problem,) = Judgement(candidates, results).problems
    assert problem.claim is Claim.STEADY
    assert problem.where == "twice/test_hidden.py::test_double_b"
    assert "with 1 of 3 seeds: The result is wrong (got 3)." in problem.what
    assert "--seed 41`" in problem.todo
    for number in (1, 3):
        results = with_tests(results, f"reference {number}", b=WRONG)
    (problem,) = Judgement(candidates, results).problems
    assert problem.claim is Claim.REFERENCE
    assert "seeds" not in problem.what


def test_what_only_a_notebook_loses_is_told_of_the_notebook(candidates: Candidates) -> None:
    results = with_tests(sound(candidates), "notebook reference", b=WRONG)

    assert claims(candidates, results) == [Claim.NOTEBOOK]


def test_a_test_that_the_reference_fails_is_held_against_no_misconception(
    candidates: Candidates,
) -> None:
    results = with_tests(sound(candidates), "reference 1", a=WRONG)
    results = with_tests(results, "misconception adds", a=PASSED)
    assert claims(candidates, results) == [Claim.STEADY, Claim.STEADY]


def test_one_case_of_a_test_is_enough_to_fail_it(candidates: Candidates) -> None:
    results = sound(candidates)
    tests = results["misconception adds"].tests
    half = (told(NAMES[0], PASSED), *tests[1:])
    results["misconception adds"] = result("misconception adds", *half)
    assert claims(candidates, results) == []
    none = (told(NAMES[0], PASSED), told(NAMES[1], PASSED), *tests[2:])
    results["misconception adds"] = result("misconception adds", *none)
    assert claims(candidates, results) == [Claim.CAUGHT]


def test_a_test_that_this_machine_skips_costs_no_claim(candidates: Candidates) -> None:
    results = sound(candidates)
    for student in results:
        results = with_tests(results, student, c=SKIPPED)
    assert claims(candidates, results) == []


def test_points_that_nobody_can_earn_are_missed(candidates: Candidates) -> None:
    results = sound(candidates)
    results["reference 1"] = result("reference 1", *results["reference 1"].tests[:3])
    (problem,) = Judgement(candidates, results).problems
    assert problem.claim is Claim.POINTS
    assert "worth 3 points together; exercise.toml says 4." in problem.what


def test_a_line_that_fails_while_it_loads_is_told_of_reference_and_stub(
    candidates: Candidates,
) -> None:
    problem = LoadProblem(line=7, error="NameError: name 'plot' is not defined", statement="plot()")
    results = {
        name: msgspec.structs.replace(each, load_problems=(problem,))
        for name, each in sound(candidates).items()
    }
    problems = Judgement(candidates, results).problems
    assert [each.claim for each in problems] == [Claim.REFERENCE, Claim.STUB]
    assert all(each.where == "twice/twice.py" and "ine 7" in each.what for each in problems)


def test_a_stub_that_is_anything_but_unwritten_is_a_problem(candidates: Candidates) -> None:
    results = with_tests(sound(candidates), "stub stub", b=PASSED, c=Verdict.CRASHED)
    problems = Judgement(candidates, results).problems
    assert [each.claim for each in problems] == [Claim.STUB, Claim.STUB]
    assert "passes it" in problems[0].what
    assert "says crashed, not" in problems[1].what


def test_candidates_that_nobody_can_judge_are_named_by_cause(candidates: Candidates) -> None:
    results = sound(candidates)
    for name in ("empty None", "empty 0.0"):
        results[name] = result(name, status=Status.NOT_GRADABLE, points=None, reason="no worker")
    judgement = Judgement(candidates, results)
    (problem,) = judgement.problems
    assert judgement.is_gradable
    assert problem.claim is Claim.GRADABLE
    assert problem.what == "It cannot judge `empty None` and 1 other: no worker."


def test_without_a_reference_that_is_judged_nothing_else_is_said(candidates: Candidates) -> None:
    results = with_tests(sound(candidates), "stub stub", b=PASSED)
    for number in (1, 2, 3):
        name = f"reference {number}"
        results[name] = result(name, status=Status.NOT_GRADABLE, points=None, reason="broken")
    judgement = Judgement(candidates, results)
    assert not judgement.is_gradable
    assert [problem.claim for problem in judgement.problems] == [Claim.GRADABLE]
