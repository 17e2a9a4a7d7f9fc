"""`grade check`: the public tests on a student's own file, in seconds and in words."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich_click import RichCommand

from grader.cli import console
from grader.cli.confinement import Confinement, tier_option, tiers_to_try
from grader.cli.devices import gpu_pool
from grader.cli.options import course_option, device_option, format_option, open_course
from grader.cli.watch import Watch
from grader.course import Course, Exercise, Kind
from grader.device import Gpu, resolve_device
from grader.device.name import AUTO
from grader.errors import DeviceError, UsageError
from grader.intake import OwnWork, is_notebook, paths_of, read_bounded, read_own, recognise
from grader.records import Result, Status, Submission
from grader.report.terminal import show_result
from grader.worker.torch_import import import_torch

if TYPE_CHECKING:
    from grader.device.pool import GpuPool
    from grader.worker.launch import Zygote


class _Work(msgspec.Struct, frozen=True):
    """What to check: one file, or whichever of notebook and file is the answer in a folder."""

    exercise: Exercise
    folder: Path
    named: Path | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """What may be read."""
        return paths_of(self.exercise, self.folder) if self.named is None else (self.named,)

    def submission(self) -> Submission:
        if self.named is None:
            own = read_own(self.exercise, self.folder)
        else:
            source = read_bounded(self.named) if self.named.exists() else None
            own = OwnWork(path=self.named, source=source)
        return Submission(
            student="you",
            exercise=self.exercise.name,
            filename=own.path.name,
            source=own.source,
            notes=own.notes,
        )


@click.command("check", cls=RichCommand)
@click.argument("what", required=False, metavar="[EXERCISE or FILE]")
@click.option("--watch", "is_watching", is_flag=True, help="Check again each time you save.")
@device_option
@format_option("terminal", "json")
@tier_option
@course_option
def command(
    what: str | None,
    is_watching: bool,
    device: str,
    output_format: str,
    asked_tier: str,
    course_path: Path | None,
) -> int:
    """Run the public tests on your own file. Nothing leaves your machine.

    Passing them is a good sign and no promise: the tests that grade use other numbers.

    \b
    Examples:
      grade check                    everything in this folder
      grade check activations        one exercise
      grade check activations.py     one file
      grade check activations.ipynb  one notebook
      grade check activations --watch

    Where an exercise has a notebook and a file, it is checked in the one you worked on.
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    course = open_course(course_path, Kind.EXERCISES)
    work = _find(what, course)
    gpus = _gpus(device, work)
    watch = Watch(work)
    submissions = [each.submission() for each in work]
    may_be_read = [path for each in work for path in each.paths] if is_watching else ()
    names = [*(path.name for path in may_be_read), *(each.filename for each in submissions)]
    # torch starts threads as it is imported unless told not to, and then cannot be forked.
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    import_torch()  # takes seconds: only now that there is something to check
    tiers = tiers_to_try(asked_tier, is_unsandboxed_allowed=True)
    has_notebooks = any(map(is_notebook, names))
    # Plots look for the fonts of this machine first, and no cell should pay for that.
    draws = has_notebooks and any(_draws(each.source or b"") for each in submissions)
    confinement = Confinement(
        tiers, is_warm=draws, has_notebooks=has_notebooks, has_gpus=bool(gpus), is_forked=True
    )
    with confinement.zygote() as zygote, gpu_pool(gpus) as pool:
        code = _check(course, submissions, device, pool, zygote, output_format)
        while is_watching:
            console.say("Watching:", "save your file to check it again; Ctrl-C ends.", "muted")
            changed = [each.submission() for each in watch.wait()]
            code = _check(course, changed, device, pool, zygote, output_format)
    return code


def _draws(source: bytes) -> bool:
    return b"matplotlib" in source or b"seaborn" in source


def _gpus(device: str, work: Sequence[_Work]) -> tuple[Gpu, ...]:
    """The GPUs to use; one that is not there keeps no other exercise from being checked."""
    try:
        return resolve_device(device, {each.exercise.device for each in work})
    except DeviceError as error:
        if device != AUTO or len(work) == 1:
            raise
        console.say("No device:", f"{error}", "warn")
        return ()


def _find(what: str | None, course: Course) -> tuple[_Work, ...]:
    """What to check: a file, an exercise, or everything that lies here."""
    if what is None:
        here = Path.cwd().resolve()
        inside = [e for e in course.exercises if e.folder.resolve() in (here, *here.parents)]
        return tuple(_Work(e, e.folder) for e in inside or course.exercises)
    path = Path(what)
    if path.is_dir() and not any(e.name == what for e in course.exercises):
        inside = [e for e in course.exercises if paths_of(e, path)]
        if inside:
            return (_Work(inside[0], path),)
    if path.is_file():
        handed_in = recognise(path.name, course)
        if handed_in is not None:
            return (_Work(course.exercise(handed_in.exercise), path.parent, path),)
        files = ", ".join(exercise.file for exercise in course.exercises)
        raise UsageError(
            f"{path}: the name belongs to no exercise. The course has {files}, and notebooks of "
            "these names."
        )
    if path.suffix:
        raise UsageError(f"{path}: there is no such file here.")
    exercise = course.exercise(what.rstrip("/"))
    is_here = bool(paths_of(exercise, Path.cwd()))
    return (_Work(exercise, Path.cwd() if is_here else exercise.folder),)


def _check(
    course: Course,
    submissions: Sequence[Submission],
    device: str,
    pool: GpuPool | None,
    zygote: Zygote,
    output_format: str,
) -> int:
    from grader.executor import own_check, run_inline  # noqa: PLC0415  (imports torch)

    exercises = [course.exercise(each.exercise) for each in submissions]
    assignment = own_check(course, exercises, zygote.tier, device, pool)
    results = run_inline(assignment, submissions, zygote)
    if output_format == "json":
        from grader.export import result_json, results_json  # noqa: PLC0415

        document = result_json(results[0]) if len(results) == 1 else results_json(results)
        console.write(document, None)
    else:
        for result in results:
            show_result(console.output(), result, is_student=True)
    return _exit_code(results)


def _exit_code(results: Sequence[Result]) -> int:
    for result in results:
        if result.status is Status.NOT_GRADABLE:
            console.say("Not your fault:", f"{result.reason}", "ours")
            return 3
    return 0 if all(result.is_full_marks for result in results) else 1
