"""A new exercise that is whole from its first day: small, proved, and there to be rewritten.

An empty folder teaches nothing. What is written here passes every check of a course, so its author
changes something that works, and sees with the next `grade verify` what a change has broken.
"""

from __future__ import annotations

import keyword
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from importlib.resources import files as resources
from pathlib import Path
from string import Template
from typing import Final

from grader.course.files import COURSE_FILE
from grader.course.load import EXERCISE_FILE, EXERCISE_NAME
from grader.course.model import HIDDEN_SUITE, MISCONCEPTIONS, PUBLIC_SUITE, Course
from grader.errors import UsageError

_IMPORTED: Final = frozenset({"grader", "numpy", "pytest", "torch"})
"""What an exercise imports besides Python's own modules."""


def plan_exercise(course: Course, name: str) -> dict[str, str]:
    """The files of a new exercise, and course.toml with its name at the end of `exercises`.

    Args:
        course: The authors' copy.
        name: The new exercise's name.

    Returns:
        From path, relative to the course's folder, to text; course.toml comes last.

    Raises:
        UsageError: The course is the students' copy, or no exercise can have this name.
    """
    if course.is_released:
        raise UsageError(
            f"{course.root}: this course has no hidden suites, so it is the students' copy. An "
            "exercise is begun in the authors' folder, `solutions`; name it with --course."
        )
    _check_name(course, name)
    words = {"name": name, "title": name.replace("_", " ").strip().capitalize()}
    templates = {
        "README.md": "README.md",
        EXERCISE_FILE: EXERCISE_FILE,
        f"{name}.py": "reference.py",
        PUBLIC_SUITE: PUBLIC_SUITE,
        HIDDEN_SUITE: HIDDEN_SUITE,
        f"{MISCONCEPTIONS}/minutes_late_early.py": "misconception.py",
    }
    planned = {f"{name}/{path}": _filled(source, words) for path, source in templates.items()}
    return planned | {COURSE_FILE: _course_toml(course, name)}


def write_exercise(course: Course, name: str, planned: Mapping[str, str]) -> None:
    """Write all of what `plan_exercise` planned, or nothing.

    Raises:
        UsageError: The course's folder cannot be written.
    """
    folder = course.root / name
    try:
        with tempfile.TemporaryDirectory(dir=course.root, prefix=".new-") as temporary:
            for path, text in planned.items():
                target = Path(temporary) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="")
            shutil.copymode(course.root / COURSE_FILE, Path(temporary) / COURSE_FILE)
            (Path(temporary) / name).rename(folder)
            try:
                (Path(temporary) / COURSE_FILE).replace(course.root / COURSE_FILE)
            except OSError:
                shutil.rmtree(folder)
                raise
    except OSError as error:
        raise UsageError(
            f"{course.root}: the exercise `{name}` cannot be written ({error.strerror}), and "
            "nothing was. Mend that and try again."
        ) from error


def _check_name(course: Course, name: str) -> None:
    if not EXERCISE_NAME.fullmatch(name) or keyword.iskeyword(name) or name.startswith("test_"):
        raise UsageError(
            f"`{name}` cannot be the name of an exercise: it is a small letter followed by small "
            "letters, digits and `_`, no word of Python's own, and does not begin with `test_`."
        )
    if name in sys.stdlib_module_names | _IMPORTED:
        raise UsageError(
            f"`{name}` cannot be the name of an exercise: beside a file {name}.py, "
            f"`import {name}` would bring that file and not the module. Take another name."
        )
    if os.path.lexists(course.root / name):
        raise UsageError(
            f"{course.root / name}: is there already, and is left as it is. Take another name, or "
            "move it away."
        )
    for exercise in course.exercises:
        if name == exercise.file.removesuffix(".py").casefold():
            raise UsageError(
                f"{course.root}: a file `{name}.py` belongs to the exercise `{exercise.name}` "
                "already. Take another name."
            )


def _filled(source: str, words: Mapping[str, str]) -> str:
    template = resources("grader.course").joinpath("templates", f"{source}.template")
    return Template(template.read_text(encoding="utf-8")).substitute(words)


def _course_toml(course: Course, name: str) -> str:
    """The text of course.toml, its comments and line ends kept, with one more exercise."""
    import tomlkit  # noqa: PLC0415  (no other command needs it)

    text = (course.root / COURSE_FILE).read_bytes().decode("utf-8-sig")
    document = tomlkit.parse(text)
    document["exercises"].append(name)
    return tomlkit.dumps(document)
