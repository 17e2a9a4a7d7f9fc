"""An examination as a whole: its time, and what it notices beside right and wrong."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import torch

from grader.records import Limits, Result, Status, Verdict
from grader.suite.compare import Comparison
from grader.suite.examination import Examination
from grader.suite.oracle import Oracle
from grader.suite.respondent import Respondent
from grader.suite.tolerance import Tolerance
from grader.worker.invoke import Observation
from grader.worker.messages import Loaded

TOML = """
title = "Lab"
[limits]
call_seconds = 0.3
submission_seconds = 1.5
[functions]
early = {points = 1}
late = {points = 1}
"""
REFERENCE = """
def early(x):
    return x

def late(x):
    return x
"""
SUITE = """
import pytest
import torch

@pytest.mark.parametrize("index", range(6))
def test_early(agree, index):
    agree("early", torch.ones(index + 1))

def test_late(agree):
    agree("late", torch.ones(2))
"""
HANGING = """
def early(x):
    while True:
        pass

def late(x):
    return x
"""


def test_when_all_time_is_used_up_what_remains_is_timed_out_and_says_so(
    tmp_path: Path,
    build_course: Callable[..., Any],
    grade_all: Callable[..., dict[tuple[str, str], Result]],
) -> None:
    files = {"exercise.toml": TOML, "lab.py": REFERENCE, "test_hidden.py": SUITE}
    course = build_course(tmp_path, {"lab": files})
    result = grade_all(course, {("hanging", "lab"): HANGING})["hanging", "lab"]
    assert result.status is Status.GRADED
    told = [test for test in result.tests if "used up the time of 1.5 seconds" in str(test)]
    assert told  # which they are hangs on the order, and that on the seed
    assert {test.verdict for test in told} == {Verdict.TIMED_OUT}
    assert len(told) < len(result.tests)


class OnGpu(torch.Tensor):
    """Computes here and says that it lies on a GPU."""

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        return torch.device("cuda", 0)


@pytest.mark.parametrize(
    ("error", "comparison", "is_rounded"),
    [
        (0.0, Comparison(), False),
        (0.5e-4, Comparison(), False),  # right on the CPU as well
        (1.5e-4, Comparison(), True),
        (1.5e-4, Comparison(tolerance=Tolerance(1e-3, 0.0)), False),  # the author allows as much
    ],
)
def test_only_what_the_device_alone_is_forgiven_is_its_rounding(
    error: float, comparison: Comparison, is_rounded: bool
) -> None:
    right = torch.full((3,), 2.0).as_subclass(OnGpu)
    got = right * (1 + error)
    assert comparison.difference(right, got) is None
    examination = Examination(
        mock.create_autospec(Respondent),
        mock.create_autospec(Oracle),
        Loaded(names=(), problems=()),
        filename="lab.py",
        device=torch.device("cuda"),
        limits=Limits(),
        seed=1,
    )
    examination.notice(Observation(right), Observation(got), comparison)
    assert examination.is_rounded is is_rounded
