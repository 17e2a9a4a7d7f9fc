"""A returned module is judged by its parameters and by what it answers, in a real worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from unittest import mock

import pytest
import torch

from grader.course import Course
from grader.records import Result, TestResult, Verdict
from grader.suite import modules
from grader.suite.portrait import Portrait
from grader.suite.respondent import Respondent
from grader.worker.invoke import Observation
from grader.worker.values import Handle

REFERENCE = """
import torch
from torch import nn

def build(seed, sizes=(3, 4, 2)):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        first, last = nn.Linear(3, 4), nn.Linear(4, 2)
    return nn.Sequential(first, nn.ReLU(), last)
"""
SUITE = """
def test_build_answers_alike(agree):
    agree("build", 3)

def test_build_leaves_its_sizes_alone(agree):
    agree("build", 3, [3, 4, 2])

def test_build_leaves_the_generator_alone(agree):
    agree.generator("build", 3)

def test_build_again(student, expect):
    first = student.build(5)
    expect(isinstance(first, tuple), True)
    expect(student.build(5), first)
"""


def misconception(code: str, *, wrong: str) -> str:
    return (
        f'"""It is {code}.\n\nIs it {code}?\n"""\n{wrong}\n'
        f'function = "build"\ncode = "{code}"\nfails = ()\n'
    )


FILES = {
    "exercise.toml": 'title = "Net"\nfile = "net.py"\n\n[functions.build]\npoints = 1\n',
    "net.py": REFERENCE,
    "test_public.py": "def test_build_once(agree):\n    agree('build', 1)\n",
    "test_hidden.py": SUITE,
}
SEEDED = "    with torch.random.fork_rng():\n        torch.manual_seed(seed)\n        first"
WRONG = {
    "trailing": REFERENCE.replace("nn.ReLU(), last", "nn.ReLU(), last, nn.ReLU()"),
    "narrow": REFERENCE.replace("4", "5"),
    "nothing": "def build(seed, sizes=()):\n    return 7\n",
    "plain": "class Net:\n    pass\n\ndef build(seed, sizes=()):\n    return Net()\n",
    "reseeding": REFERENCE.replace(SEEDED, "    torch.manual_seed(seed)\n    first"),
    "unseeded": REFERENCE.replace(SEEDED, "    first"),
    "greedy": REFERENCE.replace(
        "    with", "    if isinstance(sizes, list): sizes.clear()\n    with"
    ),
}
FILES |= {
    f"misconceptions/build_{code.lower()}.py": misconception(code, wrong=WRONG[student])
    for code, student in {"EDGE": "trailing", "RNG": "reseeding", "RNGU": "unseeded"}.items()
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


def of(result: Result, name: str) -> TestResult:
    return next(test for test in result.tests if test.name == name)


def failed(result: Result) -> dict[str, str | None]:
    return {test.name: test.diagnosis for test in result.tests if not test.is_passed}


def test_the_same_module_written_by_a_student_passes(results: dict[str, Result]) -> None:
    assert results["right"].points == 1.0


def test_a_module_is_known_by_what_it_answers(results: dict[str, Result]) -> None:
    assert failed(results["trailing"]) == {
        "test_build_answers_alike": "EDGE",
        "test_build_leaves_its_sizes_alone": "EDGE",
    }


def test_whoever_moves_the_global_generator_is_known_by_where_it_stands(
    results: dict[str, Result],
) -> None:
    assert failed(results["reseeding"]) == {"test_build_leaves_the_generator_alone": "RNG"}
    assert failed(results["unseeded"]) == {
        "test_build_leaves_the_generator_alone": "RNGU",
        "test_build_again": "RNGU",
    }


def test_a_list_that_was_used_up_is_a_changed_input(results: dict[str, Result]) -> None:
    assert failed(results["greedy"]) == {"test_build_leaves_its_sizes_alone": None}


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
    test = of(results[student], "test_build_answers_alike")
    assert test.verdict is Verdict.WRONG
    assert test.finding is not None
    assert test.finding.rule == rule


class There(torch.Tensor):
    """A tensor that says it lies on a GPU."""

    @property
    def device(self) -> torch.device:  # type: ignore[override]
        return torch.device("cuda:0")


def test_a_module_on_a_device_is_looked_at_and_asked_there() -> None:
    layer, worker = torch.nn.Linear(2, 1), mock.create_autospec(Respondent)
    state = {name: each.data.as_subclass(There) for name, each in layer.state_dict().items()}
    worker.fetch.return_value = Observation(state)
    worker.begin.return_value = lambda: Observation(torch.zeros(64, 1))
    handle = Handle(7, "torch.nn.Linear")
    portrait = modules.portray(handle, worker, 3, "cuda:0")
    worker.fetch.assert_called_once_with(handle, "state_dict", "cuda:0")
    assert worker.begin.call_args.kwargs["device"] == "cuda:0"
    assert isinstance(portrait, Portrait)
    assert portrait.place == "cuda"


def test_a_module_that_was_left_on_the_cpu_is_told_as_what_it_is() -> None:
    seen = modules.portray(torch.nn.Linear(2, 1), mock.create_autospec(Respondent), 3, "meta")
    assert isinstance(seen, Portrait)
    found = modules.difference(torch.nn.Linear(2, 1, device="meta"), seen)
    assert found is not None
    assert found.rule == "The module should be on meta like the input, but is on cpu."
