"""Whether a reference that is right on the CPU is right on the other device it was run on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.records import Fault, Result, Verdict


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
