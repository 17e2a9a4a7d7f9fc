"""Loading a submission into a worker; a notebook again without what ended Python in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

import msgspec

from grader.course.model import Exercise, NotebookPolicy
from grader.grading.care import Care
from grader.grading.cells import spans
from grader.intake.reading import Reading
from grader.worker.client import Worker
from grader.worker.endings import Ended
from grader.worker.messages import Loaded, Problem
from grader.worker.notebook_messages import Notebook

Hire = Callable[[], Worker]
"""Gives a fresh worker with the exercise's limits."""


class Opened(msgspec.Struct, frozen=True):
    """A worker with a submission in it; whoever has it closes it.

    Attributes:
        worker: The worker.
        loaded: What it said of loading.
        filename: What the student's file is called in messages.
        care: What ended an earlier worker, and was left out.
    """

    worker: Worker
    loaded: Loaded | Ended
    filename: str
    care: Care = Care()


def load(hire: Hire, exercise: Exercise, reading: Reading) -> Opened:
    """Hire a worker and have it load what was read.

    Raises:
        SandboxError, WorkerError: There is no worker to be had.
    """
    filename = exercise.file if reading.cells is None else exercise.notebook_file
    module = PurePath(filename).stem
    care = Care(is_definitions_only=exercise.notebook is NotebookPolicy.DEFINITIONS)
    while True:
        worker = hire()
        try:
            notebook = _notebook(exercise, reading, care)
            loaded = worker.load(module, filename, reading.text, notebook)
        except BaseException:
            worker.close()
            raise
        if reading.problem is not None and isinstance(loaded, Loaded):
            problem = Problem(0, reading.problem, "")
            return Opened(worker, Loaded((), (), problem), filename)
        more_care = _more_care(care, loaded, reading)
        if more_care is None:
            return Opened(worker, loaded, filename, care)
        worker.close()
        care = more_care


def _notebook(exercise: Exercise, reading: Reading, care: Care) -> Notebook | None:
    if reading.cells is None:
        return None
    return Notebook(
        spans(reading.cells),
        exercise.limits.cell_seconds,
        care.reduced,
        care.skipped,
        care.is_definitions_only,
    )


def _more_care(care: Care, loaded: Loaded | Ended, reading: Reading) -> Care | None:
    """Care of the cell that was running when the worker ended, if there is one and care to take."""
    if isinstance(loaded, Loaded) or loaded.line is None:
        return None
    for cell in reading.cells or ():
        if cell.line <= loaded.line < cell.line + cell.line_count:
            return care.beyond(cell.number, loaded.reason)
    return None
