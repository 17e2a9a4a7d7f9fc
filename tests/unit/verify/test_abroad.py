from collections.abc import Sequence

import pytest

from grader.records import Elsewhere, Fault, Result, Status, TestResult, Tier, Verdict, Visibility
from grader.verify.abroad import faults_abroad


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
