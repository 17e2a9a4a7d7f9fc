"""`grade check`: the public tests on a student's own file, in seconds and in words."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
import msgspec
from rich_click import RichCommand

from grader.cli import console
from grader.cli.confinement import Confinement, tier_option, tiers_to_try
from grader.cli.feedback import show_result
from grader.cli.options import course_option, device_option, format_option, open_course
from grader.course import Course, Exercise, Kind
from grader.errors import UsageError
from grader.intake import read_bounded
from grader.records import Result, Status, Submission

if TYPE_CHECKING:
    from grader.worker.launch import Zygote

_LOOK_SECONDS: Final = 0.3
_COLD_SECONDS: Final = 2.0
"""What torch's first training step costs; warming up ahead would keep everybody waiting."""


class _Work(msgspec.Struct, frozen=True):
    """One file to check."""

    exercise: Exercise
    path: Path

    def submission(self) -> Submission:
        source = read_bounded(self.path) if self.path.exists() else None
        return Submission(
            student="you", exercise=self.exercise.name, filename=self.path.name, source=source
        )

    def changed_at(self) -> float:
        return self.path.stat().st_mtime if self.path.exists() else 0.0


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
      grade check activations --watch
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    course = open_course(course_path, Kind.EXERCISES)
    work = _find(what, course)
    # torch starts threads as it is imported unless told not to, and then cannot be forked.
    os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1")
    # All that torch brings stays: nothing is gained by looking through it again and again.
    gc.disable()
    import torch  # noqa: F401, PLC0415  (takes seconds: only now that there is something to check)

    gc.freeze()
    gc.enable()
    tiers = tiers_to_try(asked_tier, is_unsandboxed_allowed=True)
    confinement = Confinement(tiers, is_warm=False, is_forked=True)
    from grader.suite.device import resolve_device  # noqa: PLC0415  (imports torch)

    with confinement.zygote() as zygote:
        place = resolve_device(device)
        code = _check(course, work, place, zygote, output_format)
        while is_watching:
            console.say("Watching:", "save your file to check it again; Ctrl-C ends.", "muted")
            changed = _wait_for_change(work)
            code = _check(course, changed, place, zygote, output_format)
    return code


def _find(what: str | None, course: Course) -> tuple[_Work, ...]:
    """What to check: a file, an exercise, or everything that lies here."""
    if what is None:
        here = Path.cwd().resolve()
        inside = [e for e in course.exercises if e.folder.resolve() in (here, *here.parents)]
        return tuple(_Work(e, e.reference_path) for e in inside or course.exercises)
    path = Path(what)
    if path.is_dir() and not any(e.name == what for e in course.exercises):
        path = next((path / e.file for e in course.exercises if (path / e.file).exists()), path)
    if path.is_file():
        for exercise in course.exercises:
            if exercise.file == path.name:
                return (_Work(exercise, path),)
        files = ", ".join(exercise.file for exercise in course.exercises)
        raise UsageError(f"{path}: the name belongs to no exercise. The course has {files}.")
    if path.suffix:
        raise UsageError(f"{path}: there is no such file here.")
    exercise = course.exercise(what.rstrip("/"))
    own = Path.cwd() / exercise.file
    return (_Work(exercise, own if own.exists() else exercise.reference_path),)


def _check(
    course: Course, work: Sequence[_Work], device: str, zygote: Zygote, output_format: str
) -> int:
    from grader.executor import Assignment, run_inline  # noqa: PLC0415  (imports torch)
    from grader.grading import Terms  # noqa: PLC0415

    # Public tests ask the same of everybody: the recorded answers belong to seed 0.
    terms = Terms(zygote.tier, device, seed=0)
    exercises = tuple(_patient(each.exercise) for each in work)
    assignment = Assignment(course, exercises, terms, is_public=True)
    results = run_inline(assignment, [each.submission() for each in work], zygote)
    if output_format == "json":
        from grader.export import result_json, results_json  # noqa: PLC0415

        document = result_json(results[0]) if len(results) == 1 else results_json(results)
        console.write(document, None)
    else:
        for result in results:
            show_result(console.output(), result, is_student=True)
    return _exit_code(results)


def _patient(exercise: Exercise) -> Exercise:
    """The exercise with time for a worker that has not taken its first training step yet."""
    seconds = exercise.limits.call_seconds + _COLD_SECONDS
    limits = msgspec.structs.replace(exercise.limits, call_seconds=seconds)
    return msgspec.structs.replace(exercise, limits=limits)


def _exit_code(results: Sequence[Result]) -> int:
    for result in results:
        if result.status is Status.NOT_GRADABLE:
            console.say("Not your fault:", f"{result.reason}", "ours")
            return 3
    return 0 if all(result.is_full_marks for result in results) else 1


def _wait_for_change(work: Sequence[_Work]) -> tuple[_Work, ...]:
    before = [each.changed_at() for each in work]
    while True:
        time.sleep(_LOOK_SECONDS)
        now = [each.changed_at() for each in work]
        changed = [w for w, was, is_ in zip(work, before, now, strict=True) if was != is_]
        if changed:
            return tuple(changed)
