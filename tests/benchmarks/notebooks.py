"""What notebooks cost: run by nbclient in a fresh kernel, run in a worker, graded, and as files.

Each is measured all four ways, one after the other, so that its ratios mean something on a busy
machine: `python -m tests.benchmarks.notebooks`, and part of `make bench`.
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import DEVNULL
from typing import Final

import msgspec
import nbformat
from nbclient import NotebookClient
from rich.console import Console
from rich.table import Table

from grader.course import load_course
from grader.course.model import Course, Exercise
from grader.course.notebook import make_notebook
from grader.grading.loading import load
from grader.intake.notebook import read_notebook
from grader.intake.reading import read_text
from grader.records import Submission, Tier
from grader.sandbox.probe import best_tier
from grader.worker.crew import Crew
from grader.worker.ignition import ignite
from grader.worker.launch import Zygote
from tests.benchmarks.compare import ROOT, batch_seconds, wide_console

SOLVED: Final = ("tensors", "learning", "pipeline", "activations")
"""The course's own, with the reference's answers."""
UNTIDY: Final = ("stale-outputs", "animation")
"""Messy ones, whose cells stand below those of the last."""
AIM: Final = 6.0
"""How many times as fast as nbclient a notebook is to be."""
KERNELS: Final = 3
RUNS: Final = 12


class Case(msgspec.Struct, frozen=True):
    """A notebook, and the text of its cells as a file."""

    name: str
    exercise: Exercise
    notebook: Path
    file: Path

    @property
    def cells(self) -> int:
        """How many of its cells are run."""
        return len(read_notebook(self.notebook.read_bytes()).code_cells)


def cases(course: Course, folder: Path) -> Iterator[Case]:
    """All notebooks that are measured, written into a folder."""
    for name in SOLVED:
        exercise = course.exercise(name)
        yield _case(name, exercise, _solved(exercise), folder)
    exercise = course.exercise(SOLVED[-1])
    for name in UNTIDY:
        untidy = json.loads((ROOT / f"tests/assets/notebooks/{name}.ipynb").read_bytes())
        document = json.loads(_solved(exercise))
        document["cells"] += [
            cell | {"id": f"untidy-{number}"} for number, cell in enumerate(untidy["cells"])
        ]
        yield _case(f"{exercise.name}, {name}", exercise, json.dumps(document).encode(), folder)


def _solved(exercise: Exercise) -> bytes:
    reference = exercise.reference_path
    return make_notebook(reference.read_text("utf-8"), str(reference))


def _case(name: str, exercise: Exercise, source: bytes, folder: Path) -> Case:
    notebook, file = folder / f"{name}.ipynb", folder / f"{name}.py"
    notebook.write_bytes(source)
    file.write_text(read_notebook(source).text, "utf-8")
    return Case(name, exercise, notebook, file)


def kernel_seconds(path: Path) -> float:
    """Seconds to start a kernel, run all cells in it and end it, as nbclient does it."""
    os.environ["OMP_NUM_THREADS"] = "1"

    def run() -> None:
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, kernel_name="python3", allow_errors=True).execute(
            stderr=DEVNULL  # what a kernel says of itself
        )

    return _median(run, KERNELS)


def worker_seconds(zygote: Zygote, exercise: Exercise, path: Path) -> float:
    """Seconds to hire a confined worker, read and run all cells in it, and dismiss it."""
    submission = Submission(
        student="bench",
        exercise=exercise.name,
        filename=exercise.notebook_file,
        source=path.read_bytes(),
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
    table = Table(title=f"Seconds per notebook, one at a time, tier {tier}", box=None)
    table.add_column("notebook")
    for heading in ("cells", "fresh kernel", "worker", "× faster", "graded", "× faster"):
        table.add_column(heading, justify="right")
    for heading in ("as a file", "notebook / file"):
        table.add_column(heading, justify="right")
    factors = []
    course = load_course(ROOT / "solutions")
    with tempfile.TemporaryDirectory() as scratch:
        for case in cases(course, Path(scratch)):
            with Zygote(ignite(tier, is_for_many=True, has_notebooks=True)) as zygote:
                run = worker_seconds(zygote, case.exercise, case.notebook)
            fresh = kernel_seconds(case.notebook)
            graded, as_file = (
                batch_seconds(course, case.exercise, path, 1, tier)[0]
                for path in (case.notebook, case.file)
            )
            factors.append((fresh / run, fresh / graded))
            table.add_row(
                *(case.name, str(case.cells), f"{fresh:.2f}"),
                *(f"{run:.3f}", f"{fresh / run:.0f}", f"{graded:.3f}", f"{fresh / graded:.0f}"),
                *(f"{as_file:.3f}", f"{graded / as_file:.2f}"),
            )
    console.print(table)
    is_run, is_graded = (sum(each >= AIM for each in kind) for kind in zip(*factors, strict=True))
    console.print(
        f"Aim: {AIM:g} times as fast as nbclient. Reached by {is_run} of {len(factors)} when run, "
        f"and by {is_graded} when graded as well, with all hidden tests and reports."
    )


if __name__ == "__main__":
    report(wide_console(), best_tier())
