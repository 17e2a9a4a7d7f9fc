"""`grade batch`: a whole class, live, resumable."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich_click import RichCommand

from grader.cli import console
from grader.cli.confinement import (
    Confinement,
    tier_option,
    tiers_to_try,
    unsandboxed_option,
)
from grader.cli.devices import gpu_jobs_option, gpu_pool
from grader.cli.options import course_option, device_option, format_option, open_course
from grader.cli.stored import STORE_FILE
from grader.course import Course, Kind
from grader.device import resolve_device
from grader.errors import UsageError
from grader.intake import ConfinedReader, discover
from grader.records import Result, Tier
from grader.sandbox.probe import explain
from grader.screen import plain, plain_line
from grader.worker.torch_import import import_torch

if TYPE_CHECKING:
    from grader.batch import Tally
    from grader.store import Store

NOT_GRADABLE = 3


@click.command("batch", cls=RichCommand)
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where results and reports go; by default reports/<name of SUBMISSIONS>.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=None,
    metavar="N",
    help="How many submissions at a time; by default one per core.",
)
@click.option("--exercise", "names", multiple=True, metavar="NAME", help="Only this exercise.")
@device_option
@gpu_jobs_option
@click.option("--fresh", "is_fresh", is_flag=True, help="Grade again what was graded before.")
@format_option("terminal", "json")
@tier_option
@unsandboxed_option
@course_option
def command(
    submissions: Path,
    folder: Path | None,
    jobs: int | None,
    names: tuple[str, ...],
    device: str,
    gpu_jobs: int,
    is_fresh: bool,
    output_format: str,
    asked_tier: str,
    is_unsandboxed_allowed: bool,
    course_path: Path | None,
) -> int:
    """Grade a whole class: results, a page for each student and one for the class, grades.csv.

    Each result is kept as soon as it is there. Run the same command again after a stop, and only
    what is missing or has changed is graded.

    \b
    Examples:
      grade batch submissions/
      grade batch canvas-download/ --out reports/week-1 --jobs 4
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    course = open_course(course_path, Kind.SOLUTIONS)
    if course.is_released:
        raise UsageError(
            f"{course.root} holds no hidden suites: it is what students get. "
            "Name the authors' folder with --course."
        )
    exercises = tuple(course.exercise(name) for name in names) or course.exercises
    chosen = [exercise.name for exercise in exercises]
    gpus = resolve_device(device, {exercise.device for exercise in exercises})
    folder = folder or Path("reports") / submissions.resolve().name
    tiers = tiers_to_try(asked_tier, is_unsandboxed_allowed=is_unsandboxed_allowed)
    with ConfinedReader(tiers) as reader:
        references = discover(submissions, course, chosen, reader)
        has_notebooks = any(reference.may_be_notebook for reference in references)
        confinement = Confinement(
            tiers,
            is_warm=True,
            is_for_many=True,
            has_notebooks=has_notebooks,
            has_gpus=bool(gpus),
        )
        import_torch()
        from grader.batch import Batch  # noqa: PLC0415
        from grader.executor import Assignment  # noqa: PLC0415
        from grader.grading import Terms  # noqa: PLC0415
        from grader.report import outline  # noqa: PLC0415

        with (
            confinement.zygote() as zygote,
            _store(folder, course) as store,
            gpu_pool(gpus, gpu_jobs) as pool,
        ):
            terms = Terms(zygote.tier, device, _secret(course, store))
            assignment = Assignment(course, exercises, terms, reader=reader, gpus=pool)
            # It says so once: two stations that had not heard it would wait for it in vain.
            reader.wait_ready()
            with _Bar(len(references)) as bar:
                batch = Batch(
                    course,
                    references,
                    store,
                    folder,
                    assignment,
                    bar,
                    is_fresh=is_fresh,
                    tier_notes={tier: explain(tier) for tier in Tier},
                )
                tally = batch.run(jobs or os.cpu_count() or 1, zygote)
            is_whole = output_format == "json"
            results = [each if is_whole else outline(each) for each in store.each(chosen)]
    students = {reference.student for reference in references}
    _summarise([r for r in results if r.student in students], tally, folder, output_format)
    return NOT_GRADABLE if tally.not_gradable else 0


def _store(folder: Path, course: Course) -> Store:
    from grader.store import Store  # noqa: PLC0415  (imports sqlalchemy)

    return Store.open(
        folder / STORE_FILE,
        name=course.name,
        title=course.title,
        exercises=[exercise.name for exercise in course.exercises],
    )


def _secret(course: Course, store: Store) -> bytes:
    given = os.environ.get(course.seed_env or "", "")
    return given.encode() if given else store.secret()


class _Bar:
    """The live line on standard error: how many are done, points so far, time left."""

    def __init__(self, total: int) -> None:
        self._progress = Progress(
            TextColumn("Grading"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[points]}"),
            TimeRemainingColumn(compact=True, elapsed_when_finished=True),
            console=console.messages(),
            # A thread of its own would be in the way of the stations' fork.
            auto_refresh=False,
        )
        self._task = self._progress.add_task("", total=total, points="")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def progressed(self, tally: Tally, result: Result) -> None:
        """Draw the line anew, after each result."""
        del result
        points = f"{tally.points:g} of {tally.max_points:g} points"
        self._progress.update(self._task, completed=tally.done, points=points, refresh=True)


def _summarise(results: list[Result], tally: Tally, folder: Path, output_format: str) -> None:
    if output_format == "json":
        from grader.export import results_json  # noqa: PLC0415

        console.write(results_json(results), None)
    else:
        console.output().print(_table(results))
    kept = f", {tally.kept} of them as graded before" if tally.kept else ""
    console.say("Done:", f"{tally.done} submissions{kept}. {folder / 'index.html'}", "good")
    for result in results:
        if result.points is None:
            what = f"{result.student}, {result.exercise}: {result.reason}"
            console.say("Not gradable:", plain_line(what), "ours")


def _table(results: list[Result]) -> Table:
    """Per exercise: how many, how well."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Exercise")
    for heading in ("Graded", "Not gradable", "Full marks", "Mean", "Of"):
        table.add_column(heading, justify="right")
    for name in dict.fromkeys(result.exercise for result in results):
        own = [result for result in results if result.exercise == name]
        points = [result.points for result in own if result.points is not None]
        table.add_row(
            plain(own[0].title),
            str(len(points)),
            str(len(own) - len(points)),
            str(sum(result.is_full_marks for result in own)),
            f"{sum(points) / len(points):.2f}" if points else "–",
            f"{own[0].max_points:g}",
        )
    return table
