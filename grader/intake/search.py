"""The files in a student's folder, a few levels deep, a bounded number of them."""

from __future__ import annotations

from pathlib import Path

from grader.intake.names import printable
from grader.intake.opening import list_folder

MAX_DEPTH = 4
"""Folders below the student's own: `ada/submission/exercises/activations/activations.py` is 3."""
MAX_ENTRIES = 5000


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is made by a system, not by a student."""
    return name.startswith((".", "__"))


def files_below(
    folder: Path, below: Path
) -> tuple[list[tuple[Path, int]], tuple[str, ...], tuple[str, ...]]:
    """The files below a folder with their depth, the shallow ones first.

    A link is given as the file it claims to be, so that reading it says that it is one.

    Returns:
        The files, what went wrong, and what was not looked into.
    """
    files: list[tuple[Path, int]] = []
    problems: list[str] = []
    level = [folder]
    room = MAX_ENTRIES
    for depth in range(MAX_DEPTH + 1):
        deeper: list[Path] = []
        for place in level:
            try:
                entries, has_more = list_folder(place, room, below=below)
            except OSError as error:
                problems.append(
                    f"The folder `{printable(place.name)}` cannot be opened ({error.strerror})."
                )
                continue
            for entry in entries:
                if is_ignored(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    deeper.append(place / entry.name)
                else:
                    files.append((place / entry.name, depth))
            room -= len(entries)
            if has_more:
                problems.append(f"More than {MAX_ENTRIES} files; not all of them were looked at.")
                return files, tuple(problems), ()
        level = deeper
    unseen = (f"Folders more than {MAX_DEPTH} deep were not looked into.",) if level else ()
    return files, tuple(problems), unseen
