from collections.abc import Sequence

import msgspec
import pytest

from grader.device import Looks
from grader.records import Elsewhere, Fault, Result, Status, TestResult, Tier, Verdict, Visibility
from grader.verify.abroad import faults_abroad, told_abroad


def reference(*seen: Elsewhere | None) -> Result:
    tests = tuple(
        TestResult(
            name=f"test_{number}",
            title="",
            function="f",
            verdict=Verdict.PASSED,
            points=1,
            max_points=1,
            visibility=Visibility.HINT,
            wall_seconds=0,
            seed=0,
            elsewhere=each,
        )
        for number, each in enumerate(seen)
    )
    return Result(
        student="reference",
        exercise="e",
        title="E",
        points=1,
        max_points=1,
        status=Status.GRADED,
        sandbox_tier=Tier.NONE,
        device="cpu",
        seed=0,
        started_at="",
        wall_seconds=0,
        filename="",
        sha256="",
        suite_sha256="",
        tests=tests,
    )


def seen(
    verdict: Verdict, fault: Fault | None = None, rule: str = "", detail: str = ""
) -> Elsewhere:
    return Elsewhere(device="cuda", verdict=verdict, fault=fault, rule=rule, detail=detail)


MIXED = seen(Verdict.RAISED, Fault.HARD_CODED, "it hard-codes the CPU")


@pytest.mark.parametrize(
    ("looked_at", "expected"),
    [
        ([None, seen(Verdict.PASSED)], []),
        ([seen(Verdict.PASSED, Fault.ROUNDING, "rounding")], []),
        ([seen(Verdict.RAISED)], []),
        ([None, MIXED], [("test_1", "it hard-codes the CPU")]),
        (
            [seen(Verdict.GRADER_ERROR, detail="out of memory")],
            [("test_0", "On cuda it cannot be judged: out of memory")],
        ),
    ],
)
def test_a_reference_must_be_right_wherever_it_was_run(
    looked_at: Sequence[Elsewhere | None], expected: list[tuple[str, str]]
) -> None:
    assert list(faults_abroad([reference(*looked_at), reference(*looked_at)])) == expected


def test_a_claim_about_a_device_that_nobody_looked_at_does_not_hold() -> None:
    note = "Not looked at on cuda: the device does not start here. The points do not hang on it."
    blind = msgspec.structs.replace(reference(None, None), notes=("Line 3 failed.", note))
    looked_at = reference(None, seen(Verdict.PASSED))
    ((name, what, todo),) = told_abroad([blind, blind], Looks("cpu", "cuda"))
    assert name == ""
    assert what == f"The reference: n{note[1:]}"
    assert "on the CPU alone" in todo
    ((_, what, _),) = told_abroad([looked_at, blind], Looks("cpu", "cuda"))
    assert what == f"The reference with 1 of 2 seeds: n{note[1:]}"


@pytest.mark.parametrize("looks", [Looks("cpu"), Looks("cuda", "cpu")], ids=str)
def test_where_the_device_of_record_is_all_that_counts_nothing_is_missed(looks: Looks) -> None:
    assert list(told_abroad([reference(None)], looks)) == []


def test_a_test_that_did_not_pass_is_nothing_to_look_at_elsewhere() -> None:
    result = reference(None)
    wrong = msgspec.structs.replace(result.tests[0], verdict=Verdict.WRONG)
    results = [msgspec.structs.replace(result, tests=(wrong,))]
    assert list(told_abroad(results, Looks("cpu", "cuda"))) == []
