"""What the student's answer turned out to be, as exceptions that end a test.

Inside a suite these are control flow, as pytest's own `skip` is; outside they are an `Outcome`.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable
from typing import Final

from grader.course.placeholders import is_placeholder
from grader.records import Finding, Verdict
from grader.worker.endings import Ended, Reason
from grader.worker.messages import Absent, Expired, Raised

_MEMORY_MESSAGES: Final = (
    "can't allocate memory",
    "not enough memory",
    "out of memory",
    "bad_alloc",
)
_NO_KERNEL: Final = "\" not implemented for '"
"""As in: "bitwise_and_cpu" not implemented for 'Float'; `hour >= 8 & hour < 10` raises it."""
_UNKNOWN_NAME: Final = re.compile(r"name '(\w+)' is not defined")
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
    Reason.GPU_MEMORY: (
        Verdict.OUT_OF_MEMORY,
        "Your code asked for more of the GPU's memory than it may have.",
    ),
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


Place = Callable[[int], str]
"""A line of the student's file in words."""


def of_ended(ended: Ended, call: str | None, place: Place) -> Unsatisfied:
    """The process ended instead of answering."""
    verdict, rule = _DEATHS[ended.reason]
    if ended.line is not None:
        rule = f"{rule} It happened while your file was loading, at {place(ended.line)}."
    return Unsatisfied(verdict, Finding(rule=rule, call=call, line=ended.line))


def of_expired(expired: Expired, call: str, seconds: float, place: Place) -> Unsatisfied:
    """The call was interrupted at its time limit."""
    where = f" It was at {place(expired.line)}." if expired.line is not None else ""
    rule = f"Your code was still running after {seconds:g} seconds.{where}"
    return Unsatisfied(Verdict.TIMED_OUT, Finding(rule=rule, call=call, line=expired.line))


def of_forbidden(
    name: str, function: str, line: int | None, detail: str, place: Place
) -> Unsatisfied:
    """The function uses what the exercise rules out for it."""
    where = f" at {place(line)}" if line is not None else ""
    rule = (
        f"{function} may not use {name}, and your code does{where}. Writing it yourself is what "
        "this exercise is about: build the answer from simpler operations."
    )
    return Unsatisfied(Verdict.FORBIDDEN, Finding(rule=rule, detail=detail, line=line))


def of_absent(
    absent: Absent, function: str, filename: str, near: tuple[str, ...], why: str = ""
) -> Unsatisfied:
    """There is no such function; `why` is said in place of that, where it is known."""
    if absent.is_defined:
        rule = f"{function} in {filename} is not a function."
    elif why:
        rule = why
    else:
        rule = f"{filename} defines no function {function}."
        if near:
            rule += f" You define {near[0]}: did you mean that?"
    return Unsatisfied(Verdict.MISSING, Finding(rule=rule))


def of_raised(raised: Raised, call: str, candidates: tuple[str, ...], place: Place) -> Unsatisfied:
    """The call raised where the reference answers."""
    kind = public_kind(raised)
    details = {
        "detail": f"{raised.kinds[0] if raised.kinds else 'exception'}: {raised.message}",
        "call": call,
        "line": raised.line,
        "traceback": raised.traceback or None,
    }
    if is_unwritten(raised):
        rule = "Not written yet: the function still raises NotImplementedError."
        if is_gap(raised):
            where = f" at {place(raised.line)}" if raised.line is not None else ""
            rule = f"Not written yet: there is still a gap to fill in{where}."
        return Unsatisfied(Verdict.NOT_ATTEMPTED, Finding(rule=rule, line=raised.line))
    if is_memory(raised):
        rule = "Your code asked for more memory than it may have."
        return Unsatisfied(Verdict.OUT_OF_MEMORY, Finding(rule=rule, **details))  # type: ignore[arg-type]
    where = f" at {place(raised.line)}" if raised.line is not None else ""
    rule = f"Your code raised {kind}{where}."
    if raised.while_backward:
        rule = f"Computing gradients through your answer raised {kind}."
    return Unsatisfied(
        Verdict.RAISED,
        Finding(rule=rule, candidates=candidates, **details),  # type: ignore[arg-type]
    )


def is_unwritten(raised: Raised) -> bool:
    """Whether a stub raised it. torch raises the same class where it has no code for a dtype."""
    is_stub = "NotImplementedError" in raised.kinds and _NO_KERNEL not in raised.message
    return is_stub or is_gap(raised)


def is_gap(raised: Raised) -> bool:
    """Whether a placeholder raised it, as `____` does where nobody wrote anything for it."""
    found = _UNKNOWN_NAME.match(raised.message) if "NameError" in raised.kinds else None
    return found is not None and is_placeholder(found[1])


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
