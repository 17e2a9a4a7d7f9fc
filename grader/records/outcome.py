"""What one test concluded about one submission, before points."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from grader.records.figure import Figure
from grader.records.verdict import Verdict


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A value described in the terms of tensors: a reader sees what it is before its numbers.

    Attributes:
        summary: "float32 [3, 1] on cpu", "list of 2", "None".
        preview: The first numbers, "[[1.5], [2.0], …]"; never more than a few lines.
    """

    summary: str
    preview: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Why a test did not pass.

    Attributes:
        rule: The rule that was broken, in one sentence for the student. It never holds an input,
            an expected value or text that student code chose.
        detail: The whole story for the TA: first wrong index, largest error, exception text.
        call: The call that was judged, "softmax(float32 [2, 2], dim=1)".
        expected: What was asked for.
        got: What came back.
        line: The line of the student's file that raised, hung or was running last.
        traceback: The student's own frames, as Python prints them.
        candidates: Names of the misconceptions that answer exactly the same.
    """

    rule: str
    detail: str = ""
    call: str | None = None
    expected: Answer | None = None
    got: Answer | None = None
    line: int | None = None
    traceback: str | None = None
    candidates: tuple[str, ...] = ()


class Fault(StrEnum):
    """Why a function that is right on one device is not on another. No wrong answer is among them.

    What a device cannot do, or what we could not judge there, is no fault of anybody's.
    """

    HARD_CODED = "hard-codes the CPU"
    RETURNS_CPU = "returns a CPU tensor"
    DIFFERS = "answers differently"
    ENDS = "does not come to an answer"
    ROUNDING = "differs by rounding"


class Elsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """The same test on another device: told beside the verdict, and never part of the points.

    Attributes:
        device: The other device.
        verdict: What the test concluded there.
        fault: What that says about devices; None if nothing.
        rule: The same in a sentence for the student; empty if there is nothing to say.
        detail: The whole story for the TA.
    """

    device: str
    verdict: Verdict
    fault: Fault | None = None
    rule: str = ""
    detail: str = ""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One test's conclusion; `finding` is None exactly when it passed or was skipped."""

    name: str
    verdict: Verdict
    wall_seconds: float
    seed: int
    finding: Finding | None = None
    reason: str | None = None
    """Why it was skipped, or what of ours broke."""
    output: str = ""
    """What the student's code printed during the test, bounded and stripped of control codes."""
    figures: tuple[Figure, ...] = ()
    is_rounded: bool = False
    """Whether an answer was right only because of what a device's own rounding is given."""
    elsewhere: Elsewhere | None = None
