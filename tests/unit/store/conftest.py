"""Results for the store to keep: small, complete, and different wherever a test needs it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.records import Result, Status, TestResult, Tier, Verdict, Visibility


def _result(student: str = "ada", exercise: str = "tensors", **changes: object) -> Result:
    test = TestResult(
        name="test_relu_keeps_positive_numbers",
        title="keeps positive numbers",
        function="relu",
        verdict=Verdict.PASSED,
        points=2.0,
        max_points=2.0,
        visibility=Visibility.HINT,
        wall_seconds=0.01,
        seed=2**64 - 1,
        output="printed \x00 \u202e \U0001f600",
    )
    fields: dict[str, object] = {
        "student": student,
        "exercise": exercise,
        "title": exercise.title(),
        "points": 2.0,
        "max_points": 2.0,
        "status": Status.GRADED,
        "sandbox_tier": Tier.FULL,
        "device": "cpu",
        "seed": 2**64 - 1,
        "started_at": "2026-01-05T09:00:00+00:00",
        "wall_seconds": 0.4,
        "filename": f"{exercise}.py",
        "sha256": "a" * 64,
        "suite_sha256": "b" * 64,
        "tests": (test,),
    }
    return Result(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.fixture
def make_result() -> Callable[..., Result]:
    return _result


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "results.sqlite"
