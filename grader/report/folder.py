"""The folder that a run leaves behind: one page for the class, two for each student."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from grader.errors import StoreError
from grader.records import Result, Tier
from grader.report.outline import outline
from grader.report.page import render_class, render_student, render_ta
from grader.report.text import page_names

_NO_NOTES: Mapping[Tier, Sequence[str]] = {}


class StudentPages:
    """The two pages of each student, written one student at a time.

    Args:
        folder: Where to; made if it is not there.
        students: Everybody who will get pages: names that look alike as files are told apart.
        course_title: The course, for people.
        tier_notes: For each tier, what it does not stop, a sentence each.
    """

    def __init__(
        self,
        folder: Path,
        students: Iterable[str],
        *,
        course_title: str,
        tier_notes: Mapping[Tier, Sequence[str]] = _NO_NOTES,
    ) -> None:
        self._folder = folder
        self._names = page_names(sorted(set(students)))
        self._course_title = course_title
        self._tier_notes = tier_notes

    def write(self, own: Sequence[Result]) -> None:
        """Write what one student may see, and what the TA sees of them.

        Args:
            own: All of the student's results, in the course's order; at least one.

        Raises:
            StoreError: A page cannot be written.
        """
        name = f"{self._names[own[0].student]}.html"
        links = {"Class": "../index.html", "What the student sees": f"../students/{name}"}
        page = render_student(own, course_title=self._course_title)
        _write(self._folder / "students" / name, page)
        page = render_ta(
            own, course_title=self._course_title, tier_notes=self._tier_notes, links=links
        )
        _write(self._folder / "ta" / name, page)


def write_class(
    results: Sequence[Result],
    folder: Path,
    *,
    course_title: str,
    exercises: Sequence[str] = (),
    tier_notes: Mapping[Tier, Sequence[str]] = _NO_NOTES,
) -> Path:
    """Write the class page alone; its links lead to the pages that `StudentPages` writes.

    Returns:
        The path of `index.html`.

    Raises:
        StoreError: The page cannot be written.
    """
    pages = page_names(sorted({result.student for result in results}))
    index = folder / "index.html"
    page = render_class(
        results, course_title, exercises=exercises, tier_notes=tier_notes, pages=pages
    )
    _write(index, page)
    return index


def write_reports(
    results: Iterable[Result],
    folder: Path,
    *,
    students: Iterable[str],
    course_title: str,
    exercises: Sequence[str] = (),
    tier_notes: Mapping[Tier, Sequence[str]] = _NO_NOTES,
) -> Path:
    """Write every page of a class.

    `index.html` is the class page and `ta/` what belongs to it: both hold hidden tests. The files
    in `students/` are safe to hand out. Each file is replaced in one step, so a reader never
    sees half a page, and pages that are there already stay if a later one cannot be written.

    Args:
        results: At most one per student and exercise, those of a student together. They are gone
            through once, and no more than one student's are held at a time.
        folder: Where to; made if it is not there.
        students: Everybody who has a result.
        course_title: The course, for people.
        exercises: The course's order of exercises.
        tier_notes: For each tier, what it does not stop, a sentence each.

    Returns:
        The path of `index.html`.

    Raises:
        StoreError: A page cannot be written.
    """
    place = {exercise: index for index, exercise in enumerate(exercises)}
    pages = StudentPages(folder, students, course_title=course_title, tier_notes=tier_notes)
    outlines: list[Result] = []
    for _, group in itertools.groupby(results, key=lambda each: each.student):
        own = sorted(group, key=lambda each: place.get(each.exercise, len(place)))
        pages.write(own)
        outlines += map(outline, own)
    return write_class(
        outlines, folder, course_title=course_title, exercises=exercises, tier_notes=tier_notes
    )


def _write(path: Path, page: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".html")
        temporary = Path(name)
        try:
            with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a descriptor
                file.write(page)
            # mkstemp keeps the file to its owner; a page is as readable as its folder allows.
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError(
            f"The report {path} cannot be written: {error.strerror}. The grades are stored; free "
            "some space or choose another folder, and make the reports again with `grade report`."
        ) from error


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
