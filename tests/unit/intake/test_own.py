import json
import os
from pathlib import Path

import pytest

from grader.course import Course
from grader.errors import IntakeError
from grader.intake import paths_of, read_own

DONE = "def relu(x):\n    return x\n"
STUB = "def relu(x):\n    raise NotImplementedError\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "mine"
    path.mkdir()
    return path


def write_notebook(path: Path, source: str) -> bytes:
    document = {"cells": [{"cell_type": "code", "source": source}], "nbformat": 4}
    path.write_text(json.dumps(document))
    return path.read_bytes()


def test_what_is_there_alone_is_taken_without_a_word(course: Course, folder: Path) -> None:
    exercise = course.exercises[0]
    assert read_own(exercise, folder).source is None
    assert read_own(exercise, folder).path == folder / "activations.py"
    source = write_notebook(folder / "activations.ipynb", STUB)
    own = read_own(exercise, folder)
    assert (own.path.name, own.source, own.notes) == ("activations.ipynb", source, ())
    assert paths_of(exercise, folder) == (folder / "activations.ipynb",)


def test_of_two_the_one_that_was_worked_on_is_taken(course: Course, folder: Path) -> None:
    write_notebook(folder / "activations.ipynb", STUB)
    (folder / "activations.py").write_text(DONE)
    own = read_own(course.exercises[0], folder)
    assert (own.path.name, own.source) == ("activations.py", DONE.encode())
    (note,) = own.notes
    assert note == (
        "There are `activations.ipynb` and `activations.py`. Taken: `activations.py`, for no "
        "function is written in `activations.ipynb` yet."
    )


@pytest.mark.parametrize(
    ("age", "taken", "why"),
    [
        (10, "activations.py", "it was saved later"),
        (-10, "activations.ipynb", "it was saved later"),
        (0, "activations.ipynb", "where there are both, the notebook counts"),
    ],
)
def test_of_two_that_were_worked_on_the_one_that_was_saved_last_is_taken(
    course: Course, folder: Path, age: int, taken: str, why: str
) -> None:
    write_notebook(folder / "activations.ipynb", DONE)
    file = folder / "activations.py"
    file.write_text(DONE)
    saved = (folder / "activations.ipynb").stat().st_mtime_ns + age * 10**9
    os.utime(file, ns=(saved, saved))
    own = read_own(course.exercises[0], folder)
    assert own.path.name == taken
    (other,) = {"activations.py", "activations.ipynb"} - {taken}
    assert own.notes == (
        f"There are `activations.ipynb` and `activations.py`. Taken: `{taken}`, for {why}.",
        f"If `{other}` is your answer, name it instead of the exercise.",
    )


def test_the_answer_that_cannot_be_read_is_told_with_its_place(
    course: Course, folder: Path
) -> None:
    (folder / "activations.ipynb").write_bytes(b" " * (65 << 20))
    (folder / "activations.py").write_text(STUB)
    with pytest.raises(IntakeError, match=r"mine/activations\.ipynb: 68,157,440 bytes; .* clear"):
        read_own(course.exercises[0], folder)
