"""The result of grading one submission: what is stored, and all that any view is made from."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from grader.records.figure import Figure
from grader.records.notebook import CellRun
from grader.records.outcome import Elsewhere, Finding
from grader.records.verdict import Verdict, Visibility

SCHEMA_VERSION = 1
STOPPED = "TimeoutError: this statement ran for too long and was stopped"
"""The error of a statement that was still running when its time was up."""


class Status(StrEnum):
    """Whether the points say something about the student."""

    GRADED = "graded"
    NOT_GRADABLE = "not_gradable"


class Tier(StrEnum):
    """How well the student's code was confined; see `grader.sandbox`."""

    FULL = "full"
    GUARDED = "guarded"
    NONE = "none"


class LoadProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A top-level statement of the student's file that failed, and cost only itself."""

    line: int
    error: str
    """"NameError: name 'plot' is not defined", as Python prints its last line."""
    statement: str
    """The first line of the statement, as the student wrote it."""
    is_foreign: bool = False
    """Whether something was missing that is not there where work is graded: a note says so."""

    @property
    def is_stopped(self) -> bool:
        """Whether it did run, until its time was up."""
        return self.error == STOPPED


class TestResult(msgspec.Struct, frozen=True, kw_only=True):
    """One test with its points and all that any reader may be shown.

    Attributes:
        name: The test's name in its suite, with parameters: "test_softmax_far_apart_rows[dim0]".
        title: The same as a sentence.
        function: The function of the exercise that the test belongs to.
        diagnosis: The code of the one misconception that explains the answer, or None.
        diagnosis_title: What that misconception does, as a sentence.
        diagnosis_hint: The question a good teacher would ask.
        hint: The hint of the test itself.
        elsewhere: What it concluded on another device, if it was run on one.
    """

    __test__ = False  # not a test class, whatever pytest thinks of the name

    name: str
    title: str
    function: str
    verdict: Verdict
    points: float
    max_points: float
    visibility: Visibility
    wall_seconds: float
    seed: int
    diagnosis: str | None = None
    diagnosis_title: str | None = None
    diagnosis_hint: str | None = None
    hint: str | None = None
    finding: Finding | None = None
    reason: str | None = None
    output: str = ""
    figures: tuple[Figure, ...] = ()
    elsewhere: Elsewhere | None = None

    @property
    def is_passed(self) -> bool:
        """Whether all of the test's points were earned."""
        return self.verdict is Verdict.PASSED


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One submission graded, or the reason why it could not be.

    Attributes:
        student: Who handed it in.
        exercise: Which exercise.
        title: The exercise's title for people.
        points: The points earned; None when not gradable, because nothing was judged.
        max_points: The points that could be earned on this machine.
        status: Whether the points count.
        reason: Why it is not gradable: ours to mend, never the student's.
        unread: Why what was handed in cannot be read, if that is the reason: in its author's words,
            and about nothing but their own file.
        sandbox_tier: How the student's code was confined.
        device: Where points were earned: "cpu", "cuda" or "cuda:1".
        other_device: Where it was looked at besides, with no part in the points; or empty.
        seed: The submission's seed; every test derives its own from it.
        started_at: UTC, ISO 8601, to the second.
        wall_seconds: From the first byte to the last verdict.
        filename: The file as handed in; empty if none was.
        sha256: Its digest; empty if none was handed in, or it cannot be read.
        suite_sha256: The digest of the suite and reference it was judged by.
        source: The student's file as text, for the TA's view.
        cells: What became of the code cells, if the file is a notebook.
        load_problems: Top-level statements that failed.
        notes: What intake and the worker had to say.
        versions: "python", "torch" and "torchgrade", as they were.
        tests: In the order of the suite.
    """

    student: str
    exercise: str
    title: str
    points: float | None
    max_points: float
    status: Status
    sandbox_tier: Tier
    device: str
    seed: int
    started_at: str
    wall_seconds: float
    filename: str
    sha256: str
    suite_sha256: str
    source: str = ""
    reason: str | None = None
    unread: str | None = None
    other_device: str = ""
    cells: tuple[CellRun, ...] = ()
    load_problems: tuple[LoadProblem, ...] = ()
    notes: tuple[str, ...] = ()
    versions: dict[str, str] = {}
    tests: tuple[TestResult, ...] = ()
    schema_version: int = SCHEMA_VERSION

    @property
    def devices(self) -> str:
        """All devices in one word: results that were come by otherwise are told apart by it."""
        return f"{self.device}+{self.other_device}" if self.other_device else self.device

    @property
    def is_missing(self) -> bool:
        """Whether nothing was handed in."""
        return not self.sha256 and self.unread is None

    @property
    def is_full_marks(self) -> bool:
        """Whether every point was earned."""
        return self.points is not None and self.points >= self.max_points - 1e-9


def to_json(result: Result) -> bytes:
    """The result as one JSON document, `schema_version` included."""
    return msgspec.json.encode(result)


def from_json(document: bytes | str) -> Result:
    """The result that `to_json` wrote.

    Raises:
        msgspec.ValidationError: The document is not a result of this schema.
    """
    return msgspec.json.decode(document, type=Result)
