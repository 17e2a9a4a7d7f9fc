"""One submission by its path: a file, a folder or a `submission.zip`.

Which exercise it is for is read from the file's name; whose it is, from the manifest, then from
the folder it lies in. Both can be said instead.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.course import Course, Exercise, did_you_mean
from grader.errors import IntakeError, UsageError
from grader.intake.candidates import (
    Candidate,
    Found,
    choose,
    in_archive,
    in_folder,
    is_packed_otherwise,
    is_zip,
    packed_otherwise,
    student_of_zip,
)
from grader.intake.names import HandedIn, recognise, safe_student, split_platform_name
from grader.intake.notebook import is_notebook
from grader.intake.reader import OWN, Reader
from grader.records import Submission

NOBODY = "student"
"""Who handed in a file that says nothing about it."""

_COPIES_OF_A_COURSE = {"exercises", "solutions"}
_BETWEEN = {"submission", "submissions"}


def read_one(
    path: Path,
    course: Course,
    exercise: str | None = None,
    student: str | None = None,
    reader: Reader = OWN,
) -> Submission:
    """Read one submission.

    Args:
        path: A file, a folder, or a zip.
        course: The course that it was handed in for.
        exercise: The exercise's name; by default as the file's name says.
        student: The student's identifier; by default as the manifest or the folder says.
        reader: Takes apart what has to be.

    Raises:
        UsageError: There is nothing at the path, or it is not clear which exercise is meant.
        IntakeError: It is there and cannot be read.
        WorkerError, SandboxError: The reader cannot be asked.
    """
    if not path.exists() and not path.is_symlink():
        raise UsageError(f"{path}: there is no such file or folder.")
    asked = None if exercise is None else course.exercise(exercise)
    if path.is_dir():
        found = in_folder(path, course, reader)
    elif is_zip(path):
        found = in_archive(path, course, reader)
        if not found.candidates and found.problems:
            raise IntakeError(" ".join(found.problems))
    elif is_packed_otherwise(path):
        raise IntakeError(f"{path}: {packed_otherwise(path.name)}")
    else:
        found = _in_file(path, course, asked)
    if asked is None:
        asked = _only_exercise(path, course, found)
    name = safe_student(student if student is not None else _student_of(path, course, found))
    reference = choose(name, asked, found)
    if reference.path is None and reference.problem is None:
        raise UsageError(
            f"{path}: no file for exercise `{asked.name}` in it. It should be named `{asked.file}` "
            f"or `{asked.notebook_file}`."
        )
    return reference.read(reader)


def _in_file(path: Path, course: Course, asked: Exercise | None) -> Found:
    """The file as a candidate; for the exercise that was asked for, whatever its name."""
    handed_in = recognise(path.name, course)
    if asked is not None and (handed_in is None or handed_in.exercise != asked.name):
        handed_in = HandedIn(
            exercise=asked.name,
            student=split_platform_name(path.name)[0],
            is_exact=True,  # whoever names both knows what they do
            is_notebook=is_notebook(path.name),
            copy_number=0,
        )
    if handed_in is None:
        names = [exercise.name for exercise in course.exercises]
        raise UsageError(
            f"{path}: its name does not say which exercise it is for. "
            f"{did_you_mean(path.stem, names)} Say it with --exercise NAME."
        )
    named = msgspec.structs.replace(handed_in, is_exact=True)
    return Found(candidates=(Candidate(handed_in=named, path=path, depth=0),))


def _only_exercise(path: Path, course: Course, found: Found) -> Exercise:
    names = {candidate.handed_in.exercise for candidate in found.candidates}
    if len(names) == 1:
        return course.exercise(names.pop())
    if names:
        there = [exercise.name for exercise in course.exercises if exercise.name in names]
        raise UsageError(
            f"{path}: holds files for several exercises: {', '.join(there)}. "
            "Say which one with --exercise NAME."
        )
    files = ", ".join(f"`{exercise.file}`" for exercise in course.exercises)
    why = " ".join((*found.problems, *found.unseen)) or "Name another path, or rename the file."
    raise UsageError(
        f"{path}: no file of an exercise in it. Looked for {files}, and for notebooks of these "
        f"names. {why}"
    )


def _student_of(path: Path, course: Course, found: Found) -> str:
    if is_zip(path) and (student := student_of_zip(path, found)) is not None:
        return student
    for archive in found.archives:
        if archive.manifest is not None:
            return archive.manifest.student
    for candidate in found.candidates:
        if candidate.handed_in.student is not None:
            return candidate.handed_in.student
    skipped = _BETWEEN | {exercise.name for exercise in course.exercises}
    here = path.absolute()
    for folder in [here, *here.parents][0 if path.is_dir() else 1 :][:3]:
        if folder.name in _COPIES_OF_A_COURSE or folder == course.root:
            break
        if folder.name.casefold() not in skipped:
            return folder.name or NOBODY
    return NOBODY
