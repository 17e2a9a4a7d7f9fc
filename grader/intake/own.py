"""A student's own answer to an exercise, on the student's own machine: the file or the notebook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from grader.course import Exercise
from grader.errors import IntakeError
from grader.intake.opening import read_bounded
from grader.intake.pair import Entry, settle


class OwnWork(msgspec.Struct, frozen=True, kw_only=True):
    """What lies there.

    Attributes:
        path: The file or the notebook; where the file should be, if there is neither.
        source: Its bytes; None if there is neither.
        notes: Which of the two was taken and why, if there are both.
    """

    path: Path
    source: bytes | None
    notes: tuple[str, ...] = ()


def paths_of(exercise: Exercise, folder: Path) -> tuple[Path, ...]:
    """The notebook and the file of an exercise, as far as they are in the folder."""
    names = (exercise.notebook_file, exercise.file)
    return tuple(path for path in (folder / name for name in names) if path.exists())


def read_own(exercise: Exercise, folder: Path) -> OwnWork:
    """Read what a student wrote for an exercise.

    Args:
        exercise: The exercise.
        folder: Where the student works on it.

    Raises:
        IntakeError: It is there and cannot be read.
    """
    paths = paths_of(exercise, folder)
    if not paths:
        return OwnWork(path=folder / exercise.file, source=None)
    if len(paths) == 1:
        return OwnWork(path=paths[0], source=read_bounded(paths[0]))
    notebook, file = (_entry(path) for path in paths)
    settled = settle(notebook, file, [function.name for function in exercise.functions])
    taken, other = paths if settled.is_notebook else paths[::-1]
    entry = notebook if settled.is_notebook else file
    if entry.source is None:
        raise IntakeError(f"{taken}: {entry.problem}")
    notes = [settled.note]
    if settled.is_close:
        notes.append(f"If `{other.name}` is your answer, name it instead of the exercise.")
    return OwnWork(path=taken, source=entry.source, notes=tuple(notes))


def _entry(path: Path) -> Entry:
    try:
        saved_at = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        return Entry(name=path.name, source=read_bounded(path), saved_at=saved_at)
    except IntakeError as error:
        problem = str(error).replace(f"{path}: ", "")
        return Entry(name=path.name, source=None, problem=problem)
