"""A built-in that an exercise rules out: found in the text and while it runs, and told."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.course import Course
from grader.export.junit import junit_xml
from grader.grading import Terms, grade
from grader.records import Limits, Result, Submission, Tier, Verdict
from grader.report import for_student
from grader.suite.station import open_station
from grader.worker.launch import Zygote

REFERENCE = """import torch


def share(x):
    e = (x - x.amax()).exp()
    return e / e.sum()


def loss(x):
    return -torch.log_softmax(x, 0)[0]
"""
EXERCISES = {
    "shares": {
        "exercise.toml": 'title = "Shares"\n[functions.share]\npoints = 2\n'
        'forbidden = ["torch.softmax"]\n[functions.loss]\npoints = 1\n',
        "shares.py": REFERENCE,
        "test_hidden.py": "import torch\n\n\ndef test_share_of_three(agree, rng):\n"
        "    agree.gradient('share', torch.randn(3, generator=rng))\n\n\n"
        "def test_share_of_four(agree, rng):\n    agree('share', torch.ones(4))\n\n\n"
        "def test_loss_of_three(agree, rng):\n    agree('loss', torch.randn(3, generator=rng))\n",
    }
}
ANSWERS = {
    "right": REFERENCE,
    "by_text": "import torch.nn.functional as F\ndef share(x):\n    return F.softmax(x, 0)\n",
    "by_running": 'import torch\ndef share(x):\n    return vars(torch)["xamtfos"[::-1]](x, 0)\n',
    "elsewhere": "import torch\ndef share(x):\n    return x.exp() / x.exp().sum()\n"
    "def loss(x):\n    return -torch.softmax(x, 0).log()[0]\n",
    "and_raises": 'def share(x):\n    getattr(x, "xamtfos"[::-1])(0)\n    raise ValueError\n',
}


def notebook(*cells: str) -> bytes:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    return str(nbformat.writes(made)).encode()


@pytest.fixture(scope="module")
def results(
    tmp_path_factory: pytest.TempPathFactory,
    build_course: Callable[[Path, Any], Course],
    zygote: Zygote,
) -> dict[str, Result]:
    course = build_course(tmp_path_factory.mktemp("course"), EXERCISES)
    files = {name: ("shares.py", text.encode()) for name, text in ANSWERS.items()}
    files["notebook"] = (
        "shares.ipynb",
        notebook("%matplotlib inline\nimport torch", "def share(x):\n    return x.softmax(0)"),
    )

    def body(station: Any) -> dict[str, Result]:
        return {
            name: grade(
                Submission(student=name, exercise="shares", filename=filename, source=source),
                station.judge("shares"),
                Terms(Tier.NONE, secret=b"secret"),
                lambda: zygote.request(Limits()).ready(),
            )
            for name, (filename, source) in files.items()
        }

    return open_station(course, course.exercises, body)


def verdicts(result: Result, function: str) -> set[Verdict]:
    return {test.verdict for test in result.tests if test.function == function}


def rule(result: Result) -> str:
    (found,) = {t.finding.rule for t in result.tests if t.function == "share" and t.finding}
    return found


@pytest.mark.parametrize(
    ("answer", "where"),
    [("by_text", "line 3"), ("by_running", "line 3"), ("and_raises", "line 2")],
)
def test_a_forbidden_call_is_told_with_its_line(
    results: dict[str, Result], answer: str, where: str
) -> None:
    result = results[answer]
    assert verdicts(result, "share") == {Verdict.FORBIDDEN}
    assert rule(result).startswith(
        f"share may not use torch.softmax, and your code does at {where}."
    )


def test_a_notebook_is_told_the_cell(results: dict[str, Result]) -> None:
    assert verdicts(results["notebook"], "share") == {Verdict.FORBIDDEN}
    assert "at line 2 of cell [2]" in rule(results["notebook"])


def test_a_list_is_that_of_one_function(results: dict[str, Result]) -> None:
    assert results["right"].points == 3
    assert results["elsewhere"].points == 3


def test_students_and_machines_are_told_too(results: dict[str, Result]) -> None:
    shown = for_student(results["by_running"])
    assert verdicts(shown, "share") == {Verdict.FORBIDDEN}
    assert rule(shown) == rule(results["by_running"])
    assert {t.finding.line for t in shown.tests if t.function == "share" and t.finding} == {3}
    assert "share may not use torch.softmax" in junit_xml([shown])
