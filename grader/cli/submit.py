"""`grade submit`: look the student's files over and pack what is handed in.

Of a notebook and a file, the one that was worked on is packed. What is unfinished or even broken is
packed, too, with a warning: at the deadline a student must be able to hand in what there is, and
one broken function must not cost the others.
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
    OwnWork,
    inspect,
    is_notebook,
    open_archive,
    pack,
    paths_of,
    read_bounded,
    read_own,
    read_text,
    recognise,
    safe_student,
)
from grader.intake.archive import MAX_ARCHIVE_BYTES
from grader.records import Submission
from grader.screen import plain

_GIT_SECONDS = 5


class _Work(msgspec.Struct, frozen=True, kw_only=True):
    """A student's answer to one exercise, looked over; no source if it is not there."""

    exercise: Exercise
    path: Path
    source: bytes | None
    inspection: Inspection
    notes: tuple[str, ...] = ()

    @property
    def packed_name(self) -> str:
        """What it is called in the zip, whatever it is called here."""
        return self.exercise.notebook_file if is_notebook(self.path.name) else self.exercise.file


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
    """Pack your files and notebooks into submission.zip, ready to hand in.

    Without EXERCISE, all exercises that you have a file for; where there is a notebook too, the one
    of the two that you worked on. Each is looked over first: you are told what is unfinished, and
    may hand it in all the same.

    \b
    Examples:
      grade submit --student ada
      grade submit activations learning --out ada.zip
      grade submit activations.ipynb
    """  # noqa: D301  (click reads the backslash: keep these lines apart)
    course = open_course(course_path, Kind.EXERCISES)
    if not course.is_released:
        raise UsageError(
            f"{course.root}: the authors' copy of the course; what it would pack is the reference. "
            "Name the students' copy with --course."
        )
    name = _student(student)
    work = [_look_over(exercise, own) for exercise, own in _chosen(exercises, course)]
    there = [each for each in work if each.source is not None]
    if not there:
        files = ", ".join(str(each.path) for each in work)
        raise UsageError(f"there is nothing to hand in yet. Looked for {files}.")
    _refuse_to_overwrite(out)
    sources = {
        each.exercise.name: (each.packed_name, each.source)
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
    _refuse_too_large(document)
    _write(out, document)
    console.output().print(_table(work))
    for each in work:
        for note in each.notes:
            console.say("Note:", f"{each.exercise.name}: {note}", "warn")
    console.say(
        "Packed:", f"{len(there)} of {len(work)} files for {name}. Hand in {out.absolute()}", "good"
    )
    return 0


def _chosen(words: Sequence[str], course: Course) -> list[tuple[Exercise, OwnWork]]:
    """The exercises that the command names and what is there of them, in the order of the course.

    Raises:
        UsageError: There is no such exercise or file, or one is named twice.
        IntakeError: A file cannot be read.
    """
    if not words:
        return [(exercise, read_own(exercise, exercise.folder)) for exercise in course.exercises]
    chosen: dict[str, Path] = {}
    for word in words:
        path = Path(word)
        if path.suffix in {".py", ".ipynb"} or len(path.parts) > 1:
            handed_in = recognise(path.name, course)
            if handed_in is None:
                files = ", ".join(f"`{exercise.file}`" for exercise in course.exercises)
                raise UsageError(
                    f"{path}: not named as a file of an exercise: {files}, or a notebook of such "
                    "a name."
                )
            exercise = course.exercise(handed_in.exercise)
            is_there = path.exists()
        else:
            exercise = course.exercise(word)
            path = exercise.folder
            is_there = bool(paths_of(exercise, path))
        if not is_there:
            missing = exercise.reference_path if path == exercise.folder else path
            raise UsageError(f"{missing}: there is no such file. Write it, or leave it out.")
        if chosen.setdefault(exercise.name, path) != path:
            raise UsageError(f"exercise `{exercise.name}` is named twice: {path}. Name one file.")
    return [(e, _own(e, chosen[e.name])) for e in course.exercises if e.name in chosen]


def _own(exercise: Exercise, path: Path) -> OwnWork:
    """The file that was named, or the answer in the exercise's folder."""
    if path == exercise.folder:
        return read_own(exercise, path)
    return OwnWork(path=path, source=read_bounded(path))


def _look_over(exercise: Exercise, own: OwnWork) -> _Work:
    if own.source is None:
        return _Work(exercise=exercise, path=own.path, source=None, inspection=Inspection())
    submission = Submission(
        student="", exercise=exercise.name, filename=own.path.name, source=own.source
    )
    reading = read_text(submission)
    return _Work(
        exercise=exercise,
        path=own.path,
        source=own.source,
        inspection=inspect(reading, [function.name for function in exercise.functions]),
        notes=(*own.notes, *reading.notes),
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
        what = "" if is_notebook(work.path.name) else "not Python, "
        return Text(f"{what}{plain(found.problem)}", "bad")
    parts = []
    if found.broken:
        parts.append(f"not Python: {plain('; '.join(found.broken))}")
    if found.unwritten:
        parts.append(f"not written yet: {', '.join(found.unwritten)}")
    if found.missing:
        parts.append(f"missing: {', '.join(found.missing)}")
    style = "bad" if found.broken else "warn"
    return Text("; ".join(parts), style) if parts else Text("complete", "good")


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


def _refuse_too_large(document: bytes) -> None:
    if len(document) > MAX_ARCHIVE_BYTES:
        raise UsageError(
            f"what you hand in is {len(document):,} bytes, and at most {MAX_ARCHIVE_BYTES:,} are "
            "read. Clear the outputs of your notebooks (in the Edit menu of Jupyter and Colab), "
            "save them, and pack again."
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
