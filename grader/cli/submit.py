"""`grade submit`: look the student's files over and pack what is handed in.

Unfinished and even broken files are packed, with a warning: at the deadline a student must be able
to hand in what there is, and one broken function must not cost the others.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec
from rich.table import Table
from rich.text import Text
from rich_click import RichCommand

from grader import __version__
from grader.cli import console
from grader.cli.options import course_option, open_course
from grader.course import Course, Exercise, Kind
from grader.errors import IntakeError, UsageError
from grader.intake import (
    Inspection,
    inspect,
    open_archive,
    pack,
    read_bounded,
    recognise,
    safe_student,
    text_of,
)
from grader.records import Submission

_GIT_SECONDS = 5


class _Work(msgspec.Struct, frozen=True, kw_only=True):
    """A student's file for one exercise, looked over; no source if it is not there."""

    exercise: Exercise
    path: Path
    source: bytes | None
    inspection: Inspection
    notes: tuple[str, ...] = ()


@click.command("submit", cls=RichCommand)
@click.argument("exercises", metavar="[EXERCISE or FILE]...", nargs=-1)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("submission.zip"),
    show_default=True,
    help="The file to write.",
)
@click.option(
    "--student",
    metavar="ID",
    envvar="GRADE_STUDENT",
    show_envvar=True,
    help="Who you are, as your course knows you; by default the e-mail address git knows.",
)
@course_option
def command(
    exercises: tuple[str, ...], out: Path, student: str | None, course_path: Path | None
) -> int:
    """Pack your files into submission.zip, ready to hand in.

    Without EXERCISE, all exercises that you have a file for. Each file is looked over first: you
    are told what is unfinished, and may hand it in all the same.

    \b
    Examples:
      grade submit --student ada
      grade submit activations learning --out ada.zip
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    course = open_course(course_path, Kind.EXERCISES)
    if not course.is_released:
        raise UsageError(
            f"{course.root}: the authors' copy of the course; what it would pack is the reference. "
            "Name the students' copy with --course."
        )
    name = _student(student)
    work = [_look_over(exercise, path) for exercise, path in _chosen(exercises, course)]
    there = [each for each in work if each.source is not None]
    if not there:
        files = ", ".join(str(each.path) for each in work)
        raise UsageError(f"there is nothing to hand in yet. Looked for {files}.")
    _refuse_to_overwrite(out)
    sources = {
        each.exercise.name: (each.exercise.file, each.source)
        for each in there
        if each.source is not None
    }
    document = pack(
        sources,
        student=name,
        course=course.name,
        created_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        grade_version=__version__,
    )
    _write(out, document)
    console.output().print(_table(work))
    for each in work:
        for note in each.notes:
            console.say("Note:", f"{each.path}: {note}", "warn")
    console.say(
        "Packed:", f"{len(there)} of {len(work)} files for {name}. Hand in {out.absolute()}", "good"
    )
    return 0


def _chosen(words: Sequence[str], course: Course) -> list[tuple[Exercise, Path]]:
    """The exercises and files that the command names, in the order of the course."""
    if not words:
        return [(exercise, exercise.reference_path) for exercise in course.exercises]
    chosen: dict[str, Path] = {}
    for word in words:
        path = Path(word)
        if path.suffix == ".py" or len(path.parts) > 1:
            handed_in = recognise(path.name, course)
            if handed_in is None:
                files = ", ".join(f"`{exercise.file}`" for exercise in course.exercises)
                raise UsageError(f"{path}: not named as a file of an exercise: {files}.")
            exercise = course.exercise(handed_in.exercise)
        else:
            exercise = course.exercise(word)
            path = exercise.reference_path
        if not path.exists():
            raise UsageError(f"{path}: there is no such file. Write it, or leave it out.")
        if chosen.setdefault(exercise.name, path) != path:
            raise UsageError(f"exercise `{exercise.name}` is named twice: {path}. Name one file.")
    return [(each, chosen[each.name]) for each in course.exercises if each.name in chosen]


def _look_over(exercise: Exercise, path: Path) -> _Work:
    if not path.exists():
        return _Work(exercise=exercise, path=path, source=None, inspection=Inspection())
    source = read_bounded(path)
    submission = Submission(
        student="", exercise=exercise.name, filename=exercise.file, source=source
    )
    text, notes = text_of(submission)
    return _Work(
        exercise=exercise,
        path=path,
        source=source,
        inspection=inspect(text, exercise),
        notes=notes,
    )


def _table(work: Sequence[_Work]) -> Table:
    table = Table("Exercise", "File", "State", title="What you hand in", title_justify="left")
    for each in work:
        table.add_row(each.exercise.name, Text(str(each.path.name)), _state(each))
    return table


def _state(work: _Work) -> Text:
    if work.source is None:
        return Text("not there, left out", "warn")
    found = work.inspection
    if found.problem is not None:
        return Text(f"not Python, {console.plain(found.problem)}", "bad")
    parts = []
    if found.unwritten:
        parts.append(f"not written yet: {', '.join(found.unwritten)}")
    if found.missing:
        parts.append(f"missing: {', '.join(found.missing)}")
    return Text("; ".join(parts), "warn") if parts else Text("complete", "good")


def _student(given: str | None) -> str:
    raw = given if given is not None else _git_address()
    name = safe_student(raw) if raw and raw.strip() else None
    if name is None:
        raise UsageError(
            "whose submission is this? Say it with --student ID, or once and for all in the "
            "environment variable GRADE_STUDENT."
        )
    return name


def _git_address() -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    try:
        done = subprocess.run(
            [git, "config", "--get", "user.email"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_GIT_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode(errors="replace").strip() or None


def _refuse_to_overwrite(out: Path) -> None:
    """A submission that was packed earlier may be replaced; anything else is somebody's file."""
    if not out.exists():
        return
    try:
        is_ours = open_archive(out).manifest is not None
    except IntakeError:
        is_ours = False
    if not is_ours:
        raise UsageError(
            f"{out}: is there already, and `grade submit` did not make it. Choose another name "
            "with --out."
        )


def _write(out: Path, document: bytes) -> None:
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=out.absolute().parent, prefix=f".{out.name}.", delete=False
        ) as stream:
            temporary = Path(stream.name)
            stream.write(document)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(out)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise UsageError(
            f"{out}: cannot be written ({error.strerror}). Choose another place with --out."
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
