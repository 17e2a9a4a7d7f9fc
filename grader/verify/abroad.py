"""Whether a reference that is right on the CPU is right on the other device it was run on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.device import Looks
from grader.device.name import CPU
from grader.records import Fault, Result, Verdict


def told_abroad(references: Sequence[Result], looks: Looks) -> Iterator[tuple[str, str, str]]:
    """What is to be said of another device: the test if there is one, what, and what to do.

    Args:
        references: Results of the reference.
        looks: Where it was to be looked at.
    """
    if (what := unseen_abroad(references, looks)) is not None:
        yield "", what, "Mend what is named here, or prove the course on the CPU alone."
    for name, what in faults_abroad(references):
        yield name, what, "Let the reference and the test put new tensors where their input is."


def faults_abroad(references: Sequence[Result]) -> Iterator[tuple[str, str]]:
    """Each test that is right on one device only, or cannot be judged on another, and what it says.

    Args:
        references: Results of the reference; a test that fails in several of them is told once.
    """
    told: set[str] = set()
    for test in (test for result in references for test in result.tests):
        seen = test.elsewhere
        if seen is None or test.name in told or seen.fault is Fault.ROUNDING:
            continue
        if seen.fault is not None or seen.verdict is Verdict.GRADER_ERROR:
            told.add(test.name)
            yield test.name, seen.rule or f"On {seen.device} it cannot be judged: {seen.detail}"


def unseen_abroad(references: Sequence[Result], looks: Looks) -> str | None:
    """That the reference was not looked at where it was to be, and why; None if it was.

    Args:
        references: Results of the reference.
        looks: Where it was to be looked at.
    """
    if looks.record != CPU or not looks.other:
        return None
    unseen = [result for result in references if _is_unseen(result)]
    if not unseen:
        return None
    count = len(references)
    often = "" if len(unseen) == count else f" with {len(unseen)} of {count} seeds"
    said = f"Not looked at on {looks.other}"
    note = next((note for note in unseen[0].notes if note.startswith(said)), f"{said}.")
    return f"The reference{often}: {note[0].lower()}{note[1:]}"


def _is_unseen(result: Result) -> bool:
    """Whether tests passed, and none of them was run elsewhere."""
    passed = [test for test in result.tests if test.is_passed]
    return bool(passed) and all(test.elsewhere is None for test in passed)
