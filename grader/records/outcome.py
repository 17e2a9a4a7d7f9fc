"""What one test concluded about one submission, before points."""

from __future__ import annotations

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
