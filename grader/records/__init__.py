"""The frozen types that cross from one layer to the next, JSON in and out.

`Submission` goes into a worker, an `Outcome` comes out of each test, a `Result` is stored, and
every view is made from it and nothing else.
"""

from grader.records.figure import Axes, Curve, Figure, Image, Points
from grader.records.limits import Limits
from grader.records.outcome import Answer, Elsewhere, Fault, Finding, Outcome
from grader.records.result import (
    SCHEMA_VERSION,
    LoadProblem,
    Result,
    Status,
    TestResult,
    Tier,
    from_json,
    to_json,
)
from grader.records.specification import Mistake, TestSpecification
from grader.records.submission import Submission
from grader.records.verdict import Verdict, Visibility

__all__ = [
    "SCHEMA_VERSION",
    "Answer",
    "Axes",
    "Curve",
    "Elsewhere",
    "Fault",
    "Figure",
    "Finding",
    "Image",
    "Limits",
    "LoadProblem",
    "Mistake",
    "Outcome",
    "Points",
    "Result",
    "Status",
    "Submission",
    "TestResult",
    "TestSpecification",
    "Tier",
    "Verdict",
    "Visibility",
    "from_json",
    "to_json",
]
