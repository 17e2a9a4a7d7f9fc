"""Grading in this process: for one submission, and for a student's own check."""

from __future__ import annotations

from collections.abc import Iterable

from grader.executor.assignment import Assignment
from grader.records import Result, Submission
from grader.worker.launch import Zygote


def run_inline(
    assignment: Assignment, submissions: Iterable[Submission], zygote: Zygote
) -> tuple[Result, ...]:
    """Grade the submissions, one after the other.

    Args:
        assignment: Course, exercises and terms.
        submissions: Taken as they are needed.
        zygote: Where workers come from; it stays the caller's.

    Raises:
        SandboxError, WorkerError: Workers are not to be had on this machine.
    """
    results: list[Result] = []
    assignment.staff(zygote, submissions, results.append)
    return tuple(results)
