"""What the student's answer turned out to be, as exceptions that end a test.

Inside a suite these are control flow, as pytest's own `skip` is; outside they are an `Outcome`.
"""

from __future__ import annotations

import builtins
from typing import Final

from grader.records import Finding, Verdict
from grader.worker.endings import Ended, Reason
from grader.worker.messages import Absent, Expired, Raised

_MEMORY_MESSAGES: Final = (
    "can't allocate memory",
    "not enough memory",
    "out of memory",
    "bad_alloc",
)
_DEATHS: Final = {
    Reason.CRASHED: (
        Verdict.CRASHED,
        "Python itself ended while your code ran: os._exit, or a crash in compiled code.",
    ),
    Reason.HUNG: (
        Verdict.TIMED_OUT,
        "Your code was still running at its time limit and could not be interrupted.",
    ),
    Reason.MEMORY: (Verdict.OUT_OF_MEMORY, "Your code asked for more memory than it may have."),
    Reason.OUTPUT: (Verdict.CRASHED, "Your code printed so much that it was stopped."),
    Reason.DISK: (Verdict.CRASHED, "Your code wrote so much to disk that it was stopped."),
    Reason.GARBAGE: (Verdict.CRASHED, "What came back was not an answer to the question asked."),
}


class Unsatisfied(Exception):  # noqa: N818 - a conclusion, not an error
    """A test's conclusion that is not `PASSED`; the student's, never ours."""

    def __init__(self, verdict: Verdict, finding: Finding) -> None:
        super().__init__(f"{verdict}: {finding.rule} {finding.detail}".strip())
        self.verdict = verdict
        self.finding = finding


def of_ended(ended: Ended, call: str | None) -> Unsatisfied:
    """The process ended instead of answering."""
    verdict, rule = _DEATHS[ended.reason]
    if ended.line is not None:
        rule = f"{rule} It happened while your file was loading, at line {ended.line}."
    return Unsatisfied(verdict, Finding(rule=rule, call=call, line=ended.line))


def of_expired(expired: Expired, call: str, seconds: float) -> Unsatisfied:
    """The call was interrupted at its time limit."""
    where = f" Line {expired.line} was running." if expired.line is not None else ""
    rule = f"Your code was still running after {seconds:g} seconds.{where}"
    return Unsatisfied(Verdict.TIMED_OUT, Finding(rule=rule, call=call, line=expired.line))


def of_absent(absent: Absent, function: str, filename: str, near: tuple[str, ...]) -> Unsatisfied:
    """There is no such function."""
    if absent.is_defined:
        rule = f"{function} in {filename} is not a function."
    else:
        rule = f"{filename} defines no function {function}."
        if near:
            rule += f" You define {near[0]}: did you mean that?"
    return Unsatisfied(Verdict.MISSING, Finding(rule=rule))


def of_raised(raised: Raised, call: str, candidates: tuple[str, ...]) -> Unsatisfied:
    """The call raised where the reference answers."""
    kind = public_kind(raised)
    details = {
        "detail": f"{raised.kinds[0] if raised.kinds else 'exception'}: {raised.message}",
        "call": call,
        "line": raised.line,
        "traceback": raised.traceback or None,
    }
    if "NotImplementedError" in raised.kinds:
        rule = "Not written yet: the function still raises NotImplementedError."
        return Unsatisfied(Verdict.NOT_ATTEMPTED, Finding(rule=rule, line=raised.line))
    if is_memory(raised):
        rule = "Your code asked for more memory than it may have."
        return Unsatisfied(Verdict.OUT_OF_MEMORY, Finding(rule=rule, **details))  # type: ignore[arg-type]
    place = f" at line {raised.line}" if raised.line is not None else ""
    rule = f"Your code raised {kind}{place}."
    if raised.while_backward:
        rule = f"Computing gradients through your answer raised {kind}."
    return Unsatisfied(
        Verdict.RAISED,
        Finding(rule=rule, candidates=candidates, **details),  # type: ignore[arg-type]
    )


def is_memory(raised: Raised) -> bool:
    """Whether the exception says that memory ran out."""
    return "MemoryError" in raised.kinds or any(m in raised.message for m in _MEMORY_MESSAGES)


def public_kind(raised: Raised) -> str:
    """The exception's class if Python knows it; a class of the student's own could carry data."""
    for kind in raised.kinds:
        known = getattr(builtins, kind, None)
        if isinstance(known, type) and issubclass(known, BaseException):
            return kind
    return "an exception"
