"""Grading in this process: for one submission, and for a student's own check."""

from __future__ import annotations

from collections.abc import Iterable

from grader.executor.assignment import Assignment
from grader.records import Result, Submission
from grader.worker.launch import Zygote


def run_inline(
    assignment: Assignment, submissions: Iterable[Submission], zygote: Zygote | None = None
) -> tuple[Result, ...]:
    """Grade the submissions, one after the other.

    Args:
        assignment: Course, exercises and terms.
        submissions: Taken as they are needed.
        zygote: One that is already starting; it stays the caller's. By default one is started
            and ended here.

    Raises:
        SandboxError, WorkerError: Workers are not to be had on this machine.
    """
    results: list[Result] = []
    if zygote is not None:
        assignment.staff(zygote, submissions, results.append)
    else:
        with Zygote.start(assignment.terms.tier) as own:
            assignment.staff(own, submissions, results.append)
    return tuple(results)
