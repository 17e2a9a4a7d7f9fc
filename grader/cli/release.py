"""`grade release`: make what students get, or tell how far it has drifted from the course."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text
from rich_click import RichCommand

from grader.cli import console
from grader.cli.authors import require_extra
from grader.cli.options import course_option, open_course
from grader.course import (
    Course,
    Drift,
    Kind,
    Written,
    check_release,
    plan_release,
    write_release,
)
from grader.errors import UsageError

DRIFTED = 1

_STYLES = {"missing": "bad", "changed": "warn", "extra": "warn"}


@click.command("release", cls=RichCommand)
@click.option(
    "--check",
    "is_check",
    is_flag=True,
    help="Write nothing; exit with 1 if the folder is not as it would be released now.",
)
@click.option(
    "--to",
    "target",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="The folder to write; by default `exercises` beside the course.",
)
@course_option
def command(is_check: bool, target: Path | None, course_path: Path | None) -> int:
    """Make exercises/, what students get, from solutions/.

    Solutions between `# BEGIN SOLUTION` and `# END SOLUTION` are taken out, and what the reference
    answers to the public tests is recorded. The same course gives the same files.

    \b
    Examples:
      grade release            after every change in solutions/
      grade release --check    in continuous integration
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    require_extra("grade release")
    course = open_course(course_path, Kind.SOLUTIONS)
    folder = _target(course, target)
    # Once without recordings: what is broken is told before anything takes time.
    plan_release(course, dict.fromkeys((each.name for each in course.exercises), b""))
    files = plan_release(course, _recordings(course))
    if is_check:
        from grader.suite.recording import is_same_recording  # noqa: PLC0415  (imports torch)

        return _tell_drift(check_release(files, folder, is_same_recording), folder)
    _tell_written(write_release(files, folder), folder, len(files))
    return 0


def _target(course: Course, target: Path | None) -> Path:
    folder = course.root.parent / Kind.EXERCISES if target is None else target
    root, resolved = course.root.resolve(), folder.resolve()
    if root == resolved or root in resolved.parents or resolved in root.parents:
        raise UsageError(
            f"{folder}: what students get cannot lie in the course's own folder {course.root}, "
            "nor around it. Name another folder with --to."
        )
    return folder


def _recordings(course: Course) -> dict[str, bytes]:
    recordings = {}
    with console.messages().status("") as status:
        for exercise in course.exercises:
            status.update(Text(f"Recording the public tests of {exercise.name} …"))
            from grader.suite.release import record  # noqa: PLC0415  (imports torch)

            recordings[exercise.name] = record(exercise)
    return recordings


def _tell_drift(drifts: Sequence[Drift], folder: Path) -> int:
    out = console.output()
    for drift in drifts:
        detail = f" ({drift.detail})" if drift.detail else ""
        style = _STYLES[drift.kind]
        out.print(Text.assemble((f"{drift.kind:8}", style), f"{drift.path}{detail}"))
    if not drifts:
        console.say("Up to date:", f"{folder} is as it would be released now.", "good")
        return 0
    console.say(
        "Drift:",
        f"{len(drifts)} files of {folder} are not as they would be released now. "
        "Run `grade release`.",
        "bad",
    )
    return DRIFTED


def _tell_written(written: Written, folder: Path, count: int) -> None:
    out = console.output()
    for path in written.changed:
        out.print(Text.assemble(("wrote   ", "good"), path))
    for path in written.removed:
        out.print(Text.assemble(("removed ", "warn"), path))
    console.say(
        "Released:",
        f"{count} files in {folder}, {len(written.changed)} written, "
        f"{len(written.removed)} removed.",
        "good",
    )
