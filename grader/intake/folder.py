"""A folder with the submissions of a class → one reference per student and exercise.

    SUBMISSIONS/
      ada/activations.py                            a folder per student
      grace/submission/learning.py                  whatever lies between
      mary/activations.ipynb                        a notebook instead
      alan/submission.zip                           what `grade submit` packed
      emmy.zip                                      the same, named for the student
      submission.zip                                the student as its manifest says
      smithjohn_12345_678910_activations-1.py       as Canvas names downloads

Whoever appears gets a reference for every exercise, one without a file where nothing was handed
in. What cannot be read, and what names no student, is kept as a problem of its own, so that it is
seen and costs nobody else anything.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Final

import msgspec

from grader.course import Course
from grader.errors import IntakeError
from grader.intake.candidates import (
    Candidate,
    Found,
    choose,
    in_archive,
    in_folder,
    is_named_by_manifest,
    is_packed_otherwise,
    is_zip,
    packed_otherwise,
    student_of_zip,
)
from grader.intake.names import (
    UNNAMED,
    printable,
    recognise,
    safe_student,
    split_platform_name,
)
from grader.intake.opening import list_folder
from grader.intake.reader import OWN, Reader
from grader.intake.reference import SubmissionRef
from grader.intake.search import is_ignored

MAX_STUDENTS: Final = 20_000
"""The most entries of a class's folder."""


class _Student(msgspec.Struct, frozen=True, kw_only=True):
    """All that was found of one student, by the name as it was found."""

    found: Found = Found()
    notes: tuple[str, ...] = ()

    def plus(self, found: Found, *notes: str) -> _Student:
        return _Student(found=self.found + found, notes=self.notes + notes)


def discover(
    path: Path,
    course: Course,
    exercises: Collection[str] | None = None,
    reader: Reader = OWN,
) -> tuple[SubmissionRef, ...]:
    """Everything that a class handed in; nothing is read yet.

    Args:
        path: The folder.
        course: The course that it was handed in for.
        exercises: The names of the exercises to look for; all of the course's if None.
        reader: Takes zip files apart.

    Returns:
        By student, then in the order of the course.

    Raises:
        IntakeError: There is no such folder, or nothing in it is a submission.
        WorkerError, SandboxError: The reader cannot be asked.
    """
    students: dict[tuple[str, int], _Student] = {}
    claims = 0
    for entry in _entries(path, course):
        raw, found, notes = _read_entry(path, entry, course, reader)
        if raw is None:
            continue
        # What nothing but its own manifest names is kept apart from what a folder or a platform
        # names: else anybody could hand in for anybody.
        is_claim = found.archives and is_named_by_manifest(Path(entry.name))
        claims += bool(is_claim)
        key = (raw, claims if is_claim else 0)
        students[key] = students.get(key, _Student()).plus(found, *notes)
    found_at_all = [each.found for each in students.values()]
    if not any(f.candidates or f.problems or f.unseen for f in found_at_all):
        raise IntakeError(
            f"{path}: no submissions in it ({len(students)} folders of students looked into). "
            + _layout(course)
        )
    wanted = [each for each in course.exercises if exercises is None or each.name in exercises]
    return tuple(
        choose(name, exercise, student.found, notes)
        for name, student, notes in _named(students)
        for exercise in wanted
    )


def _entries(path: Path, course: Course) -> list[os.DirEntry[str]]:
    if is_zip(path) and path.is_file():
        raise IntakeError(f"{path}: a zip file. Unpack it, then name the folder it unpacks to.")
    try:
        entries, has_more = list_folder(path, MAX_STUDENTS)
    except OSError as error:
        raise IntakeError(
            f"{path}: not a folder that can be read ({error.strerror}). {_layout(course)}"
        ) from error
    if has_more:
        raise IntakeError(
            f"{path}: more than {MAX_STUDENTS:,} entries, which is no class. {_layout(course)}"
        )
    return [entry for entry in entries if not is_ignored(entry.name)]


def _read_entry(
    root: Path, entry: os.DirEntry[str], course: Course, reader: Reader
) -> tuple[str | None, Found, tuple[str, ...]]:
    """Whose it is (None if it is no submission), what is in it, and what to say about that."""
    path = root / entry.name
    if entry.is_dir(follow_symlinks=False):
        found = in_folder(path, course, reader, below=root)
        return entry.name, found, _manifest_notes(entry.name, found)
    if is_zip(path):
        found = in_archive(path, course, reader, below=root)
        student = student_of_zip(path, found) or path.stem
        return student, found, _manifest_notes(student, found)
    if is_packed_otherwise(path):
        student = split_platform_name(path.name)[0] or path.stem
        return student, Found(problems=(packed_otherwise(path.name),)), ()
    if entry.is_symlink() and path.is_dir():
        problem = f"`{printable(path.name)}` is a link to a folder, and links are not followed."
        return entry.name, Found(problems=(problem,)), ()
    handed_in = recognise(entry.name, course)
    if handed_in is None:
        return None, Found(), ()
    if handed_in.student is None:
        problem = (
            f"`{printable(entry.name)}` lies in no student's folder, so nobody knows whose it is. "
            "Put it into a folder named for the student."
        )
        return UNNAMED, Found(problems=(problem,)), ()
    candidate = Candidate(handed_in=handed_in, path=path, depth=0, below=root)
    return handed_in.student, Found(candidates=(candidate,)), ()


def _manifest_notes(student: str, found: Found) -> tuple[str, ...]:
    """A note for each packed submission that says it is somebody else's."""
    packed_by = (
        safe_student(archive.manifest.student) for archive in found.archives if archive.manifest
    )
    return tuple(
        f"`submission.zip` says it was packed by `{name}`."
        for name in packed_by
        if name != safe_student(student)
    )


def _named(
    students: dict[tuple[str, int], _Student],
) -> list[tuple[str, _Student, tuple[str, ...]]]:
    """Each student with a name that is safe, and unique whatever the case of its letters."""
    named = []
    taken: set[str] = set()

    # Whoever has a name as it is keeps it: nobody takes it by one that only looks like it, and
    # nobody by what their zip alone says.
    def rank(item: tuple[tuple[str, int], _Student]) -> tuple[int, bool, str]:
        raw, claim = item[0]
        return claim, _is_changed(raw), raw

    for (raw, claim), student in sorted(students.items(), key=rank):
        base = name = safe_student(raw)
        notes = student.notes
        number = 2
        while name.casefold() in taken:
            name = f"{base}-{number}"
            number += 1
        if name != base:
            why = "Only the zip itself says whose it is, and another" if claim else "Another"
            notes = (*notes, f"{why} student is named `{base}` too; this one is called `{name}`.")
        taken.add(name.casefold())
        named.append((name, student, notes))
    return sorted(named, key=lambda each: each[0])


def _is_changed(raw: str) -> bool:
    return safe_student(raw) != raw


def _layout(course: Course) -> str:
    file = course.exercises[0].file
    return (
        f"Looked for one folder per student, for example:\n    ada/{file}\n    grace/submission.zip"
    )
