from __future__ import annotations

import pytest

from grader.records import Verdict
from grader.suite.findings import of_raised
from grader.worker.messages import Raised

KINDS = ("NotImplementedError", "RuntimeError", "Exception")


@pytest.mark.parametrize("message", ["", "later", "relu: write your answer here"])
def test_a_stub_is_not_attempted(message: str) -> None:
    raised = Raised(0, KINDS, message, 7, "")

    assert of_raised(raised, "f()", (), str).verdict is Verdict.NOT_ATTEMPTED


@pytest.mark.parametrize("name", ["____", "__BLANK__", "YOUR_CODE_HERE", "FILL_IN", "TODO"])
def test_a_gap_is_not_attempted_and_told_with_its_place(name: str) -> None:
    raised = Raised(0, ("NameError", "Exception"), f"name '{name}' is not defined", 7, "")
    found = of_raised(raised, "f()", (), lambda line: f"line {line}")

    assert found.verdict is Verdict.NOT_ATTEMPTED
    assert found.finding.rule == "Not written yet: there is still a gap to fill in at line 7."


@pytest.mark.parametrize("name", ["_", "blank", "BLANKS", "torch", "x_"])
def test_an_ordinary_name_is_no_gap(name: str) -> None:
    raised = Raised(0, ("NameError", "Exception"), f"name '{name}' is not defined", 7, "")

    assert of_raised(raised, "f()", (), str).verdict is Verdict.RAISED


def test_what_torch_has_no_code_for_was_attempted_and_may_be_diagnosed() -> None:
    message = "\"bitwise_and_cpu\" not implemented for 'Float'"  # hour >= 8 & hour < 10
    found = of_raised(
        Raised(0, KINDS, message, 7, ""),
        "f()",
        ("without_parentheses",),
        lambda line: f"line {line}",
    )

    assert found.verdict is Verdict.RAISED
    assert found.finding.rule == "Your code raised NotImplementedError at line 7."
    assert found.finding.candidates == ("without_parentheses",)
