"""The folder that a run leaves behind: one page for the class, two for each student."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.errors import StoreError
from grader.records import Result, Tier
from grader.report.page import render_class, render_student, render_ta
from grader.report.text import page_names

_NO_NOTES: Mapping[Tier, Sequence[str]] = {}


def write_reports(
    results: Sequence[Result],
    folder: Path,
    *,
    course_title: str,
    exercises: Sequence[str] = (),
    tier_notes: Mapping[Tier, Sequence[str]] = _NO_NOTES,
) -> Path:
    """Write every page of a class.

    `index.html` is the class page and `ta/` what belongs to it: both hold hidden tests. The files
    in `students/` are safe to hand out. Each file is replaced in one step, so a reader never
    sees half a page, and pages that are there already stay if a later one cannot be written.

    Args:
        results: At most one per student and exercise.
        folder: Where to; made if it is not there.
        course_title: The course, for people.
        exercises: The course's order of exercises.
        tier_notes: For each tier, what it does not stop, a sentence each.

    Returns:
        The path of `index.html`.

    Raises:
        StoreError: A page cannot be written.
    """
    place = {exercise: index for index, exercise in enumerate(exercises)}
    by_student: dict[str, list[Result]] = {}
    for result in sorted(results, key=lambda each: place.get(each.exercise, len(place))):
        by_student.setdefault(result.student, []).append(result)
    pages = page_names(sorted(by_student))
    for student, own in by_student.items():
        name = f"{pages[student]}.html"
        links = {"Class": "../index.html", "What the student sees": f"../students/{name}"}
        _write(folder / "students" / name, render_student(own, course_title=course_title))
        _write(
            folder / "ta" / name,
            render_ta(own, course_title=course_title, tier_notes=tier_notes, links=links),
        )
    index = folder / "index.html"
    page = render_class(
        results, course_title, exercises=exercises, tier_notes=tier_notes, pages=pages
    )
    _write(index, page)
    return index


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
