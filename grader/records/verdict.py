"""What a test can conclude, and who may see why."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The closed set of conclusions about one test. Only `GRADER_ERROR` is ours."""

    PASSED = "PASSED"
    WRONG = "WRONG"
    RAISED = "RAISED"
    TIMED_OUT = "TIMED_OUT"
    OUT_OF_MEMORY = "OUT_OF_MEMORY"
    CRASHED = "CRASHED"
    MISSING = "MISSING"
    NOT_ATTEMPTED = "NOT_ATTEMPTED"
    FORBIDDEN = "FORBIDDEN"
    SKIPPED = "SKIPPED"
    GRADER_ERROR = "GRADER_ERROR"


class Visibility(StrEnum):
    """How much of a test a student sees.

    `visible`: everything. `hint`: the rule, the hint and the diagnosis. `hidden`: the verdict,
    the rule and the diagnosis. Inputs and expected values are shown for `visible` tests only.
    """

    VISIBLE = "visible"
    HINT = "hint"
    HIDDEN = "hidden"
