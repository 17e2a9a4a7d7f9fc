"""A returned module is judged by its parameters and by what it answers, in a real worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.course import Course
from grader.records import Result, Verdict

REFERENCE = """
import torch
from torch import nn

def build(seed):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
"""
FILES = {
    "exercise.toml": 'title = "Net"\nfile = "net.py"\n\n[functions.build]\npoints = 1\n',
    "net.py": REFERENCE,
    "test_public.py": "def test_build_once(agree):\n    agree('build', 1)\n",
    "test_hidden.py": "def test_build_answers_alike(agree):\n    agree('build', 3)\n",
}
WRONG = {
    "trailing": REFERENCE.replace("nn.Linear(4, 2))", "nn.Linear(4, 2), nn.ReLU())"),
    "narrow": REFERENCE.replace("4", "5"),
    "nothing": "def build(seed):\n    return 7\n",
    "plain": "class Net:\n    pass\n\ndef build(seed):\n    return Net()\n",
}


@pytest.fixture(scope="module")
def results(
    tmp_path_factory: pytest.TempPathFactory,
    build_course: Callable[[Path, Mapping[str, Mapping[str, str]]], Course],
    grade_all: Callable[..., dict[tuple[str, str], Result]],
) -> dict[str, Result]:
    course = build_course(tmp_path_factory.mktemp("course") / "solutions", {"net": FILES})
    texts = {"right": REFERENCE.replace("seed)\n", "seed)  # mine\n"), **WRONG}
    graded = grade_all(course, {(student, "net"): text for student, text in texts.items()})
    return {student: result for (student, _), result in graded.items()}


def test_the_same_module_written_by_a_student_passes(results: dict[str, Result]) -> None:
    assert results["right"].points == 1.0


@pytest.mark.parametrize(
    ("student", "rule"),
    [
        ("trailing", "What the module answers has the right shape and dtype, but wrong values."),
        ("narrow", "The module's parameters do not have the right shapes."),
        ("nothing", "The result should be a torch module, but is of type int."),
        ("plain", "The result should be a torch module, with a state_dict()."),
    ],
)
def test_another_module_is_wrong_and_says_how(
    results: dict[str, Result], student: str, rule: str
) -> None:
    (test,) = results[student].tests
    assert test.verdict is Verdict.WRONG
    assert test.finding is not None
    assert test.finding.rule == rule
