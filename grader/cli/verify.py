"""`grade verify`: prove a course, or say where its claims do not hold."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich_click import RichCommand

from grader.cli import console
from grader.cli.authors import require_extra
from grader.cli.confinement import (
    Confinement,
    tier_option,
    tiers_to_try,
    unsandboxed_option,
)
from grader.cli.devices import gpu_jobs_option, gpu_pool
from grader.cli.options import course_option, device_option, format_option, open_course
from grader.course import Kind
from grader.device import resolve_device
from grader.errors import UsageError
from grader.records import Result
from grader.worker.torch_import import import_torch

CLAIM_BROKEN = 1
NOT_GRADABLE = 3


@click.command("verify", cls=RichCommand)
@click.argument("names", metavar="[EXERCISE]…", nargs=-1)
@click.option(
    "--seeds",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    metavar="N",
    help="Grade the reference this often, each time on other hidden data.",
)
@click.option(
    "--mutate",
    "is_mutating",
    is_flag=True,
    help="Also put small faults into the reference, one at a time: a hidden test must notice each.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=None,
    metavar="N",
    help="How many candidates at a time; by default one per core.",
)
@device_option
@gpu_jobs_option
@format_option("terminal", "json")
@click.option(
    "--results",
    "results_path",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write what every candidate scored, one JSON document per line.",
)
@tier_option
@unsandboxed_option
@course_option
def command(
    names: tuple[str, ...],
    seeds: int,
    is_mutating: bool,
    jobs: int | None,
    device: str,
    gpu_jobs: int,
    output_format: str,
    results_path: Path | None,
    asked_tier: str,
    is_unsandboxed_allowed: bool,
    course_path: Path | None,
) -> int:
    """Prove a course by grading it: the reference, the stub, and every classic mistake.

    The reference must score full marks whatever the hidden data, the stub and empty answers
    nothing; each misconception must fail the tests it names and no other function's, and be named.
    The same course gives the same proof, unless the variable with its secret is set.

    \b
    Examples:
      grade verify                       the whole course
      grade verify activations --mutate  one exercise, and faults in its reference
      grade verify --seeds 200           look longer for tests that fail now and then
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    require_extra("grade verify")  # before anything takes time
    course = open_course(course_path, Kind.SOLUTIONS)
    if course.is_released:
        raise UsageError(
            f"{course.root} holds no hidden suites: it is what students get. "
            "Name the authors' folder with --course."
        )
    chosen = {name: course.exercise(name) for name in names}
    exercises = tuple(chosen.values()) or course.exercises
    gpus = resolve_device(device, {exercise.device for exercise in exercises})
    tiers = tiers_to_try(asked_tier, is_unsandboxed_allowed=is_unsandboxed_allowed)
    confinement = Confinement(
        tiers, is_warm=True, is_for_many=True, has_notebooks=True, has_gpus=bool(gpus)
    )
    import_torch()
    from grader.cli.proof import show_proof  # noqa: PLC0415
    from grader.grading import Terms  # noqa: PLC0415
    from grader.verify import Plan, Prover, State  # noqa: PLC0415

    plan = Plan(course=course, exercises=exercises, seeds=seeds, is_mutating=is_mutating)
    secret = os.environ.get(course.seed_env or "", "").encode()
    with _Line() as line:
        prover = Prover(plan, line)
        with confinement.zygote() as zygote, gpu_pool(gpus, gpu_jobs) as pool:
            terms = Terms(zygote.tier, device, secret)
            results = prover.grade(terms, jobs or os.cpu_count() or 1, zygote, pool)
        proof = prover.conclude(terms)
    if results_path is not None:
        console.write(_lines(results), results_path)
    if output_format == "json":
        import msgspec  # noqa: PLC0415

        console.print_json(msgspec.json.encode(proof))
    else:
        show_proof(console.output(), proof)
    codes = {State.NOT_GRADABLE: NOT_GRADABLE, State.BROKEN: CLAIM_BROKEN}
    return codes.get(proof.state, 0)


def _lines(results: tuple[Result, ...]) -> str:
    from grader.records import to_json  # noqa: PLC0415

    return "".join(f"{to_json(result).decode()}\n" for result in results)


class _Line:
    """The live line on standard error: what is being done, and how much of it is."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console.messages(),
            # A thread of its own would be in the way of the stations' fork.
            auto_refresh=False,
            transient=True,
        )
        self._task = self._progress.add_task("Starting", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def started(self, total: int) -> None:
        """Say how many candidates there are."""
        self._progress.update(self._task, description="Grading", total=total, refresh=True)

    def graded(self, result: Result) -> None:
        """Draw the line anew, after each result."""
        del result
        self._progress.update(self._task, advance=1, refresh=True)

    def turned_to(self, step: str) -> None:
        """Say what comes now."""
        self._progress.update(self._task, description=step, refresh=True)
