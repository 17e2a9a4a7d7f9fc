"""Names as students and platforms write them: which exercise a file is, and whose.

    activations.py                              the file as asked for
    Activations.py, activations (1).py          as people and browsers name it
    activations-2.py, activations - Copy.py     handed in again; copied by a desktop
    smithjohn_12345_678910_activations-1.py     Canvas: student, two numbers, the file's name
    smithjohn_LATE_12345_678910_activations.py  the same, late

Everything that is shown later (a student's name, a file's name) is made harmless here.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

from grader.course import Course, Exercise
from grader.screen import plain

MAX_STUDENT_CHARACTERS = 100
MAX_STUDENT_BYTES = 200  # a file system allows 255, and reports add an ending
UNNAMED = "unnamed"
_MOST_MARKS = 4

_CANVAS = re.compile(r"(?P<student>[^_]+)_(?:LATE_)?\d+_\d+_(?P<name>.+)", re.DOTALL)
# Browsers put the last endings there: what they save looks like text, or like JSON.
_ENDING = re.compile(
    r"\.(?:(?P<source>py(?:\.txt)?)|(?P<notebook>ipynb(?:\.txt|\.json)?))", re.IGNORECASE
)
_COPY = re.compile(
    r"(?:\s*\((?P<browser>\d{1,4})\)|-(?P<again>\d{1,4})|[\s_-]+copy(?:\s*\d{1,4})?)$",
    re.IGNORECASE,
)
# Beyond letters and marks: what a path, a shell or Windows could misread.
_UNSAFE = re.compile(r'[/\\:*?"<>|]')


class HandedIn(msgspec.Struct, frozen=True, kw_only=True):
    """What a file's name says.

    Attributes:
        exercise: The exercise that the file is for.
        student: Who the platform says it is from, if it does.
        is_exact: Whether the student named it just as the exercise asks.
        is_notebook: Whether it is a notebook.
        copy_number: The number that a browser or a platform added; 0 if none.
    """

    exercise: str
    student: str | None
    is_exact: bool
    is_notebook: bool
    copy_number: int


def recognise(filename: str, course: Course) -> HandedIn | None:
    """What a file's name says, or None if it is no file of an exercise.

    Args:
        filename: The name, without folders.
        course: The course whose exercises are looked for.
    """
    student, name = split_platform_name(filename)
    stem, ending = _split_ending(name)
    if ending is None:
        return None
    bare, copy_number = _without_copy_marks(stem)
    wanted = re.sub(r"[\s-]+", "_", bare.strip()).casefold()
    for exercise in course.exercises:
        if wanted in {exercise.name.casefold(), _stem(exercise).casefold()}:
            return HandedIn(
                exercise=exercise.name,
                student=student,
                is_exact=name in {exercise.file, exercise.notebook_file},
                is_notebook=ending == "notebook",
                copy_number=copy_number,
            )
    return None


def split_platform_name(filename: str) -> tuple[str | None, str]:
    """The student that a platform put before a file's name, or None, and the name after it."""
    found = _CANVAS.fullmatch(filename)
    return (found["student"], found["name"]) if found else (None, filename)


def is_packed_name(filename: str) -> bool:
    """Whether the name is the one that `grade submit` gives: "submission.zip", copies included."""
    stem = split_platform_name(filename)[1].rpartition(".")[0]
    return _without_copy_marks(stem)[0].strip().casefold() == "submission"


def printable(text: str) -> str:
    """The text on one line, without characters that steer a terminal or turn the reading order."""
    kept = (
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) != "Co"
    )
    # Composed last: what was taken out may have kept a letter from its mark.
    return _piled(unicodedata.normalize("NFC", plain("".join(kept))))


def _piled(text: str) -> str:
    """The text with a few marks on each letter: a tower of them would cover its neighbours."""
    kept: list[str] = []
    count = 0
    for character in text:
        count = count + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if count <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def safe_student(raw: str) -> str:
    """A student's identifier that can be shown and used as the name of a file; never empty."""
    name = _UNSAFE.sub("-", printable(raw[: 10 * MAX_STUDENT_CHARACTERS]))
    name = " ".join(name.split())[:MAX_STUDENT_CHARACTERS]
    name = name.encode()[:MAX_STUDENT_BYTES].decode(errors="ignore")
    # Dots at the ends make "..", hidden files, and names that Windows changes.
    return name.strip(". ") or UNNAMED


def _split_ending(name: str) -> tuple[str, str | None]:
    for position in (index for index, character in enumerate(name) if character == "."):
        if found := _ENDING.fullmatch(name[position:]):
            return name[:position], found.lastgroup
    return name, None


def _without_copy_marks(stem: str) -> tuple[str, int]:
    """The stem without its copy marks, and the last number among them."""
    number = 0
    for _ in range(3):  # "activations-2 (1) - Copy"
        found = _COPY.search(stem)
        if found is None:
            break
        number = max(number, int(found["browser"] or found["again"] or 0))
        stem = stem[: found.start()]
    return stem, number


def _stem(exercise: Exercise) -> str:
    return exercise.file.removesuffix(".py")
