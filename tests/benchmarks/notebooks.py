"""What a notebook costs: graded, only run, run by nbclient in a fresh kernel, and as a file.

The same notebook and the same run for all four, so that the ratios mean something on a busy
machine: `python -m tests.benchmarks.notebooks`, and part of `make bench`.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from rich.console import Console
from rich.table import Table

from grader.grading.loading import load
from grader.intake.reading import read_text
from grader.records import Submission, Tier
from grader.sandbox.probe import best_tier
from grader.worker.crew import Crew
from grader.worker.ignition import ignite
from grader.worker.launch import Zygote
from tests.benchmarks.compare import (
    CELLS,
    EXERCISE,
    RIGHT,
    SUITES,
    batch_seconds,
    course_with,
    notebook_of,
)

KERNELS = 5
RUNS = 12


def kernel_seconds(path: Path) -> float:
    """Seconds to start a kernel, run all cells in it and end it, as nbclient does it."""
    os.environ["OMP_NUM_THREADS"] = "1"

    def run() -> None:
        NotebookClient(nbformat.read(path, as_version=4), kernel_name="python3").execute()

    return _median(run, KERNELS)


def worker_seconds(zygote: Zygote, exercise_path: Path, path: Path) -> float:
    """Seconds to hire a confined worker, read and run all cells in it, and dismiss it."""
    course = course_with(SUITES["16 tests"], exercise_path)
    exercise = course.exercise(EXERCISE)
    submission = Submission(
        student="bench", exercise=exercise.name, filename=path.name, source=path.read_bytes()
    )
    crew = Crew(zygote)

    def run() -> None:
        opened = load(lambda: crew.hire(exercise.limits), exercise, read_text(submission))
        opened.worker.close()

    seconds = _median(run, RUNS)
    crew.close()
    return seconds


def _median(run: Callable[[], None], count: int) -> float:
    seconds = []
    for _ in range(count):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def report(console: Console, tier: Tier) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        notebook = notebook_of(RIGHT, folder)
        course = course_with(SUITES["16 tests"], folder / "course")
        exercise = course.exercise(EXERCISE)
        graded = batch_seconds(course, exercise, notebook, 1, tier)[0]
        as_file = batch_seconds(course, exercise, RIGHT, 1, tier)[0]
        with Zygote(ignite(tier, is_for_many=True, has_notebooks=True)) as zygote:
            run = worker_seconds(zygote, folder / "other", notebook)
        fresh = kernel_seconds(notebook)
    table = Table(title=f"Seconds per notebook of {CELLS} cells, tier {tier}", box=None)
    for heading in ("what", "seconds", "× faster than a fresh kernel"):
        table.add_column(heading, justify="right")
    table.add_row("run by nbclient in a fresh kernel", f"{fresh:.3f}", "1.0")
    table.add_row("run in a worker", f"{run:.3f}", f"{fresh / run:.1f}")
    table.add_row("graded, 16 tests, with reports", f"{graded:.3f}", f"{fresh / graded:.1f}")
    table.add_row("the same as a file", f"{as_file:.3f}", f"{fresh / as_file:.1f}")
    console.print(table)


if __name__ == "__main__":
    report(Console(), best_tier())
