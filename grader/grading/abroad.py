"""What a second look on another device adds to a submission's outcomes.

Points come from the device of record alone. The other look tells whether what went wrong is a wrong
answer or a matter of devices, and it lets tests count that only that device can run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from grader.device import Looks
from grader.device.name import CPU, kind_of
from grader.records import Elsewhere, Fault, Finding, Outcome, TestResult, Verdict
from grader.suite.placement import fault_of

_REPEATED_ON_CPU: Final = (
    Verdict.WRONG,
    Verdict.RAISED,
    Verdict.TIMED_OUT,
    Verdict.OUT_OF_MEMORY,
    Verdict.CRASHED,
)
_MAX_NAMED: Final = 4


def is_worth_a_look(outcome: Outcome, looks: Looks) -> bool:
    """Whether a test is run on the other device too, given what it concluded on that of record.

    What is wrong on the CPU is wrong: it is not run again elsewhere. What fails on a GPU is run on
    the CPU, to tell whether it is right there.
    """
    if outcome.verdict is Verdict.SKIPPED:
        return True
    if looks.record == CPU:
        return outcome.verdict is Verdict.PASSED
    return outcome.verdict in _REPEATED_ON_CPU


def joined(
    first: Sequence[Outcome], second: Mapping[str, Outcome], looks: Looks
) -> tuple[Outcome, ...]:
    """The outcomes that count, with what the other look adds to them.

    Args:
        first: On the device of record, in the order of the suite.
        second: On the other device, those tests that were run there.
        looks: Which devices these are.
    """
    return tuple(
        outcome if (other := second.get(outcome.name)) is None else _join(outcome, other, looks)
        for outcome in first
    )


def rounded(outcomes: Sequence[Outcome], looks: Looks) -> tuple[Outcome, ...]:
    """The outcomes, with a word to what is right only by the rounding of the device of record."""
    if looks.record == CPU:
        return tuple(outcomes)
    rule = f"Right on {looks.record}: only the rounding of the device differs."
    seen = Elsewhere(device=looks.record, verdict=Verdict.PASSED, fault=Fault.ROUNDING, rule=rule)
    return tuple(
        msgspec.structs.replace(each, elsewhere=seen)
        if each.verdict is Verdict.PASSED and each.is_rounded
        else each
        for each in outcomes
    )


def _join(outcome: Outcome, other: Outcome, looks: Looks) -> Outcome:
    if outcome.verdict is Verdict.SKIPPED:
        # Only this device can run it, so here it counts; a test that breaks there does not.
        is_done = other.verdict not in (Verdict.SKIPPED, Verdict.GRADER_ERROR)
        return other if is_done else outcome
    if looks.record == CPU:
        return msgspec.structs.replace(outcome, elsewhere=_seen(other, looks.other))
    fault = fault_of(outcome.verdict, outcome.finding) if other.verdict is Verdict.PASSED else None
    if fault is None:
        return outcome
    rule = _rule(fault, looks.record, outcome.finding)
    finding = outcome.finding and msgspec.structs.replace(outcome.finding, rule=rule)
    seen = Elsewhere(device=CPU, verdict=other.verdict, fault=fault, rule=rule)
    return msgspec.structs.replace(outcome, finding=finding, elsewhere=seen)


def _seen(other: Outcome, device: str) -> Elsewhere:
    if other.verdict is Verdict.PASSED and other.is_rounded:
        rule = f"Right on {device} as well: only the rounding of the device differs."
        return Elsewhere(device=device, verdict=other.verdict, fault=Fault.ROUNDING, rule=rule)
    fault = fault_of(other.verdict, other.finding)
    detail = other.reason or ""
    if other.finding is not None:
        detail = " ".join(part for part in (other.finding.rule, other.finding.detail) if part)
    return Elsewhere(
        device=device,
        verdict=other.verdict,
        fault=fault,
        rule="" if fault is None else _rule(fault, device, other.finding),
        detail=detail[:2000],
    )


def _rule(fault: Fault, device: str, finding: Finding | None) -> str:
    kind = kind_of(device)
    match fault:
        case Fault.RETURNS_CPU:
            said = (
                f"it returns a CPU tensor for a {kind} input. New tensors belong on the input's "
                "device: device=x.device says so."
            )
        case Fault.HARD_CODED:
            said = (
                f"it hard-codes the CPU: a tensor that it makes stays there and meets the {kind} "
                "input. New tensors belong on the input's device: device=x.device says so."
            )
        case _:
            said = f"not there. {finding.rule if finding else ''}".strip()
    return f"Right on the CPU; on {device} {said}"


def notes_on(
    tests: Sequence[TestResult], looks: Looks, worths: Mapping[str, float], trouble: str
) -> tuple[str, ...]:
    """What is to be said of devices about the result as a whole.

    Args:
        tests: The tests with their points.
        looks: Where the submission was looked at.
        worths: What each test is worth, whether or not this run could do it.
        trouble: Why the other look did not take place; empty if it did.
    """
    notes = []
    left_out = [t for t in tests if t.verdict is Verdict.SKIPPED and _is_need(t.reason)]
    if left_out:
        uncounted = sum(worths[test.name] for test in left_out)
        count = "1 test needs" if len(left_out) == 1 else f"{len(left_out)} tests need"
        notes.append(
            f"{count} a device that this run does not have. The points of such tests "
            f"({uncounted:g}) are counted for nobody."
        )
    if trouble:
        said = trouble.rstrip(".")
        notes.append(f"Not looked at on {looks.other}: {said}. The points do not hang on it.")
    seen = [t for t in tests if t.elsewhere is not None and t.elsewhere.device == looks.other]
    faulty = [t for t in seen if t.elsewhere and t.elsewhere.fault not in (None, Fault.ROUNDING)]
    if looks.record == CPU and looks.other and faulty:
        functions = list(dict.fromkeys(test.function for test in faulty))
        named = ", ".join(functions[:_MAX_NAMED])
        named += f" and {len(functions) - _MAX_NAMED} more" * (len(functions) > _MAX_NAMED)
        notes.append(
            f"Right on the CPU and not on {looks.other}: {named}. No points hang on it; each test "
            "says how."
        )
    return tuple(notes)


def _is_need(reason: str | None) -> bool:
    return reason is not None and reason.startswith("needs ")
