from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.records import Result, Status, Verdict

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
