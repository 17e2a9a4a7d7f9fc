"""Two calls are the same question however they are written."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.course import Course
from grader.verify import Claim, Problem
from grader.verify.questions import repeated

REFERENCE = """import torch


def scale(x, by=2.0):
    return x * by


def count(model):
    return sum(each.numel() for each in model.parameters())
"""
TOML = 'title = "Scale"\n[functions.scale]\npoints = 1\n[functions.count]\npoints = 1\n'
PUBLIC = 'agree("scale", torch.tensor([1.0, 2.0]))'
Ask = Callable[[str, str], tuple[Problem, ...]]


@pytest.fixture
def ask(tmp_path: Path, build_course: Callable[[Path, Any], Course]) -> Ask:
    """What is found where each suite has one test with these lines."""

    def write(public: str, hidden: str) -> tuple[Problem, ...]:
        fixtures = "agree, expect, student, rng, twin"
        head = f"import torch\n\n\ndef test_scale_%s({fixtures}):\n    "
        files = {
            "exercise.toml": TOML,
            "scale.py": REFERENCE,
            "test_public.py": head % "openly" + public.replace("\n", "\n    ") + "\n",
            "test_hidden.py": head % "in_secret" + hidden.replace("\n", "\n    ") + "\n",
        }
        course = build_course(tmp_path, {"scale": files})
        return repeated(course, course.exercises)

    return write


@pytest.mark.parametrize(
    "hidden",
    [
        PUBLIC,
        'agree("scale", x=torch.tensor([1.0, 2.0]))',
        'agree("scale", torch.tensor([1.0, 2.0]), 2.0)',
        'agree("scale", by=2.0, x=torch.arange(1.0, 3.0))',
        'agree("scale", torch.tensor([[1.0], [2.0]])[:, 0])',
        "expect(student.scale(torch.tensor([1.0, 2.0])), torch.tensor([2.0, 4.0]))",
        'agree.speed("scale", torch.tensor([1.0, 2.0]))',
    ],
)
def test_the_same_numbers_are_the_same_question(ask: Ask, hidden: str) -> None:
    (problem,) = ask(PUBLIC, hidden)
    assert problem.claim is Claim.FRESH
    assert problem.where == "scale/test_hidden.py::test_scale_in_secret"
    assert "as test_scale_openly of the public suite does" in problem.what


@pytest.mark.parametrize(
    "hidden",
    [
        'agree("scale", torch.tensor([1.0, 3.0]))',
        'agree("scale", torch.tensor([[1.0, 2.0]]))',
        'agree("scale", torch.tensor([1.0, 2.0], dtype=torch.float64))',
        'agree("scale", torch.tensor([1.0, 2.0]), 3.0)',
        'agree.gradient("scale", torch.tensor([1.0, 2.0]))',
        'agree("scale", torch.randn(2, generator=rng))',
    ],
)
def test_other_numbers_shapes_types_or_gradients_are_another_question(
    ask: Ask, hidden: str
) -> None:
    assert ask(PUBLIC, hidden) == ()


def test_numbers_and_lists_are_told_apart_by_type(ask: Ask) -> None:
    assert len(ask('agree("scale", 3, 4)', 'agree("scale", 3, by=4)')) == 1
    assert ask('agree("scale", 3, 4)', 'agree("scale", 3.0, 4)') == ()
    assert len(ask('agree("scale", [1], 2)', 'agree("scale", [1], 2)')) == 1
    assert ask('agree("scale", [1], 2)', 'agree("scale", (1,), 2)') == ()


def test_twins_are_the_same_if_their_numbers_are(ask: Ask) -> None:
    public = 'agree("count", twin(torch.nn.Linear, 2, 1, seed=1))'
    assert len(ask(public, public)) == 1
    assert ask(public, public.replace("seed=1", "seed=2")) == ()
    assert ask(public, public.replace("2, 1", "3, 1")) == ()


def test_a_question_asked_often_is_told_once(ask: Ask) -> None:
    assert len(ask(f"{PUBLIC}\n{PUBLIC}", f"{PUBLIC}\n{PUBLIC}")) == 1


def test_a_public_test_that_the_reference_fails_is_told(ask: Ask) -> None:
    (problem,) = ask("expect(student.scale(2.0), 5.0)", 'agree("scale", 7.0)')
    assert problem.claim is Claim.REFERENCE
    assert problem.where == "scale/test_public.py::test_scale_openly"


def test_a_public_suite_that_cannot_be_read_keeps_the_two_from_being_compared(ask: Ask) -> None:
    (problem,) = ask("agree(", 'agree("scale", 7.0)')
    assert problem.claim is Claim.GRADABLE
    assert problem.where == "scale/test_public.py"
