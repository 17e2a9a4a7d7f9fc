"""`make bench`: what grading costs, against the floor and against a fresh pytest per submission.

Same submissions, same machine, same run, so that the ratios mean something on a busy machine. Run
it on an idle one for the seconds.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from unittest import mock

import psutil
import torch
from rich.console import Console
from rich.table import Table

from grader.batch import Batch, Tally
from grader.course import load_course
from grader.course.model import Course, Exercise
from grader.executor import Assignment, run_inline
from grader.grading import Terms
from grader.intake import discover
from grader.records import Limits, Result, Submission, Tier
from grader.sandbox.probe import best_tier
from grader.store import Store
from grader.suite.examination import Examination
from grader.suite.race import Race
from grader.suite.telling import JudgedCall, Told
from grader.worker.crew import Crew
from grader.worker.ignition import ignite
from grader.worker.launch import Zygote
from tests.benchmarks.floor import floor_seconds

ROOT = Path(__file__).parents[2]
EXERCISE = "activations"
SUITES = {"16 tests": "test_public.py", "58 tests": "test_hidden.py"}
"""A small assignment, as most are, and the whole hidden suite; both judge with the reference."""
RIGHT = ROOT / "tests/assets/submissions/lin-wei/activations.py"
WRONG = ROOT / "tests/assets/submissions/diego-fernandez/activations.py"
REPEATS = 24
PYTEST_REPEATS = 4
CELLS = 5
"""Of the notebook that holds what the file holds."""
MIB = 1 << 20
_LOG_COLUMNS = 120


class Clock:
    """A batch listener that notes when each submission was done."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def progressed(self, tally: Tally, result: Result) -> None:
        del tally, result
        self.times.append(time.perf_counter())

    def seconds_each(self, jobs: int) -> float:
        """Between the first and the last, so that start-up is counted apart."""
        counted = self.times[jobs - 1 :]
        return (counted[-1] - counted[0]) / (len(counted) - 1)


def calls_of(course: Course, exercise: Exercise, path: Path) -> list[JudgedCall]:
    """The calls that the suite puts to a submission, for the floor to repeat."""
    calls: list[JudgedCall] = []
    begin, race = Examination.begin, Race.run

    def note_call(
        self: Examination, call: JudgedCall, *, is_kept: bool = False
    ) -> Callable[[], Told]:
        if not is_kept:
            calls.append(call)
        return begin(self, call, is_kept=is_kept)

    def note_race(self: Race) -> str | None:
        calls.append(self.call)
        return race(self)

    with (
        mock.patch.object(Examination, "begin", note_call),
        mock.patch.object(Race, "run", note_race),
        Zygote.start(Tier.NONE) as zygote,
    ):
        assignment = Assignment(course, (exercise,), Terms(Tier.NONE, seed=0))
        run_inline(assignment, [submission_of(exercise, path)], zygote)
    return calls


def submission_of(exercise: Exercise, path: Path) -> Submission:
    return Submission(
        student="bench", exercise=exercise.name, filename=exercise.file, source=path.read_bytes()
    )


def batch_seconds(
    course: Course, exercise: Exercise, path: Path, jobs: int, tier: Tier
) -> tuple[float, float]:
    """Seconds per submission of a whole batch, store and reports included; and of its start."""
    is_notebook = path.suffix == ".ipynb"
    name = exercise.notebook_file if is_notebook else exercise.file
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number in range(REPEATS):
            student = folder / "class" / f"student-{number:02}"
            student.mkdir(parents=True)
            shutil.copy(path, student / name)
        clock = Clock()
        start = time.perf_counter()
        with (
            Zygote(ignite(tier, is_for_many=True, has_notebooks=is_notebook)) as zygote,
            Store.open(folder / "results.sqlite", title=course.title) as store,
        ):
            zygote.prove(Limits())
            assignment = Assignment(course, (exercise,), Terms(tier, secret=b"bench"))
            references = discover(folder / "class", course, [exercise.name])
            batch = Batch(
                course, references, store, folder / "out", assignment, clock, tier_notes={}
            )
            batch.run(jobs, zygote)
            points = {result.points for result in store.results()}
        assert None not in points, "a submission was not gradable"
        is_right = path == RIGHT or is_notebook
        assert not is_right or points == {exercise.max_points}, points
    each = clock.seconds_each(jobs)
    return each, clock.times[0] - start - each


def notebook_of(path: Path, folder: Path) -> Path:
    """The same code in a notebook of a few cells."""
    text = path.read_text()
    lines = text.splitlines(keepends=True)
    starts = [node.lineno - 1 for node in ast.parse(text).body]
    cuts = [0, *(starts[len(starts) * number // CELLS] for number in range(1, CELLS)), len(lines)]
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": lines[start:end]}
        for start, end in pairwise(cuts)
    ]
    notebook = folder / f"{path.stem}.ipynb"
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    notebook.write_text(json.dumps(document))
    return notebook


def pytest_seconds(exercise: Exercise, path: Path, jobs: int) -> float:
    """Seconds per submission of a fresh pytest process each, the same suite in one process."""
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-p", "in_process", "-p", "no:cacheprovider"),
        *("--rootdir", str(exercise.folder), "-c", os.devnull, str(exercise.hidden_suite_path)),
    ]
    environment = os.environ | {
        "BENCH_SUBMISSION": str(path),
        "BENCH_REFERENCE": str(exercise.reference_path),
        "PYTHONPATH": str(Path(__file__).parent),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
    }
    start = time.perf_counter()
    running: list[subprocess.Popen[bytes]] = []
    for _ in range(PYTEST_REPEATS):
        if len(running) == jobs:
            assert running.pop(0).wait() in (0, 1)
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL))
    for process in running:
        assert process.wait() in (0, 1)
    return (time.perf_counter() - start) / PYTEST_REPEATS


def worker_costs(exercise: Exercise, path: Path, tier: Tier) -> tuple[float, int, int]:
    """Seconds to hire, load and dismiss a worker; private bytes of keeper and server."""
    text = path.read_text()
    with Zygote.start(tier, is_for_many=True) as zygote:
        crew = Crew(zygote)
        seconds, private = [], []
        for _ in range(8):
            start = time.perf_counter()
            worker = crew.hire(exercise.limits)
            worker.load(exercise.name, exercise.file, text)
            worker.call("relu", (torch.randn(3, 4),), {}, seed=0, gradient_seed=0)
            private.append(_private_bytes())
            worker.close()
            seconds.append(time.perf_counter() - start)
        crew.close()
    keeper, server = (int(statistics.median(each)) for each in zip(*private, strict=True))
    return statistics.median(seconds), keeper, server


def _private_bytes() -> tuple[int, int]:
    """Of the only keeper that has a server, and of the server."""
    for process in psutil.Process().children(recursive=True):
        children = process.children()
        if len(children) == 1 and not children[0].children() and process.parent() is not None:
            grandparent = process.parent()
            if grandparent is not None and grandparent.pid != os.getpid():
                return process.memory_full_info().uss, children[0].memory_full_info().uss
    raise RuntimeError("no worker is running")


def course_with(suite: str, folder: Path) -> Course:
    """A copy of the course whose hidden suite is one of the exercise's two."""
    shutil.copytree(ROOT / "solutions", folder)
    exercise = folder / EXERCISE
    shutil.copy(ROOT / "solutions" / EXERCISE / suite, exercise / "test_hidden.py")
    (exercise / "test_public.py").unlink()
    return load_course(folder)


def warm_up() -> None:
    """A training step makes torch import half of itself: not part of anybody's floor."""
    model = torch.nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    model(torch.ones(2, 1)).sum().backward()
    optimizer.step()


def wide_console() -> Console:
    """One that a table fits on, in a log as well."""
    console = Console()
    return console if console.is_terminal else Console(width=_LOG_COLUMNS)


def main() -> None:
    """Measure and print."""
    torch.set_num_threads(1)
    warm_up()
    tier = best_tier()
    console = wide_console()
    table = Table(title=f"Seconds per submission: {EXERCISE}, tier {tier}", box=None)
    for heading in (
        "suite",
        "submission",
        "at a time",
        "floor",
        "grade batch",
        "× floor",
        "pytest",
    ):
        table.add_column(heading, justify="right")
    table.add_column("pytest / grade", justify="right")
    starts = []
    with tempfile.TemporaryDirectory() as scratch:
        for label, suite in SUITES.items():
            course = course_with(suite, Path(scratch) / label)
            exercise = course.exercise(EXERCISE)
            for path in (RIGHT, WRONG):
                calls = calls_of(course, exercise, path)
                for jobs in (1, 2):
                    floor = floor_seconds(path, calls, jobs, REPEATS)
                    each, start = batch_seconds(course, exercise, path, jobs, tier)
                    fresh = pytest_seconds(exercise, path, jobs)
                    starts.append(start)
                    table.add_row(
                        label,
                        "right" if path == RIGHT else "wrong",
                        str(jobs),
                        f"{floor:.4f}",
                        f"{each:.4f}",
                        f"{each / floor:.2f}",
                        f"{fresh:.2f}",
                        f"{fresh / each:.1f}",
                    )
        console.print(table)
        hire, keeper, server = worker_costs(exercise, RIGHT, tier)
        calls = calls_of(course, exercise, RIGHT)
        each = batch_seconds(course, exercise, RIGHT, 1, tier)[0]
        cells = batch_seconds(course, exercise, notebook_of(RIGHT, Path(scratch)), 1, tier)[0]
    per_call = max(0.0, each - hire) / len(calls)
    console.print(f"start-up (zygote, torch, suite): {statistics.median(starts):.2f} s")
    console.print(f"per submission (a worker hired, loaded, called once): {hire * 1e3:.1f} ms")
    console.print(f"per call, comparison and reports included: {per_call * 1e3:.2f} ms")
    console.print(f"the same in a notebook of {CELLS} cells: {cells:.4f} s, × {cells / each:.2f}")
    console.print(f"private memory: keeper {keeper / MIB:.1f} MiB, server {server / MIB:.1f} MiB")


if __name__ == "__main__":
    main()
