"""Where a course lies: found upward from a folder, the way git finds its repository.

A repository of authors holds the course twice: `solutions/`, which grades, and `exercises/`, which
students get. Commands that grade prefer the first, commands for students the second.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from grader.errors import UsageError

COURSE_FILE = "course.toml"


class Kind(StrEnum):
    """Which copy of a course is wanted where both lie side by side."""

    SOLUTIONS = "solutions"
    EXERCISES = "exercises"

    @property
    def other(self) -> Kind:
        """The copy to take where the wanted one is missing."""
        return Kind.EXERCISES if self is Kind.SOLUTIONS else Kind.SOLUTIONS


def find_course(start: Path, prefer: Kind = Kind.SOLUTIONS) -> Path:
    """The folder of the nearest course, looking in `start` and then upward.

    Args:
        start: A folder, or a file whose folder counts.
        prefer: Which copy to take where both are there.

    Returns:
        The folder that holds course.toml.

    Raises:
        UsageError: There is no course in `start` or above it.
    """
    here = start.absolute()
    for folder in (here, *here.parents):
        found = _course_in(folder, prefer)
        if found is not None:
            return found
    raise UsageError(
        f"no {COURSE_FILE} in {here}, in a folder `{Kind.SOLUTIONS}` or `{Kind.EXERCISES}` of it, "
        "or in any folder above. Go into the course's folder, or say where it is with --course."
    )


def resolve_course(path: Path, prefer: Kind = Kind.SOLUTIONS) -> Path:
    """The folder of the course that a user named with --course.

    Args:
        path: A course.toml, its folder, or the folder that holds `solutions/` or `exercises/`.
        prefer: Which copy to take where both are there.

    Raises:
        UsageError: There is no course at this path.
    """
    folder = path.parent if path.name == COURSE_FILE else path
    if not folder.is_dir():
        raise UsageError(f"--course {path}: there is no such folder.")
    if (folder / COURSE_FILE).is_file():
        # Someone who names a folder means that folder, whatever lies beside it.
        return folder.absolute()
    found = _course_in(folder.absolute(), prefer)
    if found is None:
        raise UsageError(
            f"--course {path}: there is no {COURSE_FILE} in it, nor in a folder "
            f"`{Kind.SOLUTIONS}` or `{Kind.EXERCISES}` of it."
        )
    return found


def _course_in(folder: Path, prefer: Kind) -> Path | None:
    """The course at exactly this folder, the other copy if that one is preferred."""
    beside = folder.parent / prefer
    if (folder / COURSE_FILE).is_file():
        is_other_copy = folder.name == prefer.other and (beside / COURSE_FILE).is_file()
        return beside if is_other_copy else folder
    for kind in (prefer, prefer.other):
        if (folder / kind / COURSE_FILE).is_file():
            return folder / kind
    return None
