from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.course import Course
from grader.errors import IntakeError, UsageError
from grader.intake import pack, read_one

Write = Callable[[Mapping[str, bytes]], Path]
Zipped = Callable[[Mapping[str, bytes]], bytes]


def packed(*names: str) -> bytes:
    return pack(
        {name: (name, name.encode()) for name in names},
        student="grace",
        course="intro",
        created_at="2025-01-01T12:00:00Z",
        grade_version="0.1.0",
    )


def test_a_file_says_its_exercise_and_its_folder_the_student(course: Course, write: Write) -> None:
    submission = read_one(write({"ada/Activations.py": b"1"}) / "ada/Activations.py", course)
    assert (submission.student, submission.exercise) == ("ada", "activations")
    assert (submission.filename, submission.source) == ("Activations.py", b"1")
    assert submission.notes == ()


def test_a_file_of_any_name_is_read_for_the_exercise_asked_for(
    course: Course, write: Write
) -> None:
    path = write({"ada/final.py": b"1"}) / "ada" / "final.py"
    submission = read_one(path, course, exercise="learning", student="Ada/L")
    assert (submission.student, submission.exercise) == ("Ada-L", "learning")
    assert submission.source == b"1"


def test_a_name_that_says_nothing_is_an_error_with_the_closest_exercise(
    course: Course, write: Write
) -> None:
    path = write({"activation.py": b""}) / "activation.py"
    with pytest.raises(UsageError, match=r"Did you mean `activations`\? Say it with --exercise"):
        read_one(path, course)


def test_an_unknown_exercise_is_an_error(course: Course, write: Write) -> None:
    path = write({"activations.py": b""}) / "activations.py"
    with pytest.raises(UsageError, match="has no exercise `activation`"):
        read_one(path, course, exercise="activation")


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("ada/submission/activations.py", "ada"),
        ("ada/activations/activations.py", "ada"),
        ("ada/exercises/activations/activations.py", "student"),
        ("x/smithjohn_1_2_activations.py", "smithjohn"),
    ],
)
def test_folders_that_name_no_student_are_skipped(
    course: Course, write: Write, name: str, student: str
) -> None:
    assert read_one(write({name: b""}) / name, course).student == student


def test_a_folder_with_one_exercise_is_read(course: Course, write: Write) -> None:
    submission = read_one(write({"ada/sub/train_it.py": b"1"}) / "ada", course)
    assert (submission.student, submission.exercise) == ("ada", "learning")
    assert submission.source == b"1"


def test_a_folder_with_several_exercises_needs_a_name(course: Course, write: Write) -> None:
    path = write({"ada/train_it.py": b"1", "ada/activations.py": b"2"}) / "ada"
    with pytest.raises(UsageError, match=r"several exercises: activations, learning\. Say which"):
        read_one(path, course)
    assert read_one(path, course, exercise="learning").source == b"1"


def test_a_folder_without_an_exercise_is_an_error(course: Course, write: Write) -> None:
    path = write({"ada/notes.txt": b"", "bob/train_it.py": b""})
    with pytest.raises(UsageError, match=r"Looked for `activations\.py`, `train_it\.py`"):
        read_one(path / "ada", course)
    with pytest.raises(UsageError, match="no file for exercise `activations` in it"):
        read_one(path / "bob", course, exercise="activations")


def test_a_packed_submission_says_all_of_itself(course: Course, write: Write) -> None:
    path = write({"submission.zip": packed("activations.py")}) / "submission.zip"
    submission = read_one(path, course)
    assert (submission.student, submission.exercise) == ("grace", "activations")
    assert submission.source == b"activations.py"


def test_a_packed_submission_with_several_exercises_needs_a_name(
    course: Course, write: Write
) -> None:
    path = write({"a.zip": packed("activations.py", "train_it.py")}) / "a.zip"
    with pytest.raises(UsageError, match="several exercises"):
        read_one(path, course)
    assert read_one(path, course, exercise="learning").source == b"train_it.py"


def test_a_zip_is_named_for_its_student_before_its_manifest(course: Course, write: Write) -> None:
    path = write({"ada.zip": packed("activations.py")}) / "ada.zip"
    assert read_one(path, course).student == "ada"


def test_what_is_there_and_cannot_be_read_is_an_intake_error(course: Course, write: Write) -> None:
    path = write({"broken.zip": b"no", "real.py": b""})
    with pytest.raises(IntakeError, match=r"broken\.zip: not a zip file"):
        read_one(path / "broken.zip", course)
    (path / "activations.py").symlink_to(path / "real.py")
    with pytest.raises(IntakeError, match="links are not followed"):
        read_one(path / "activations.py", course)


def test_a_path_that_is_not_there_is_an_error(course: Course, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no such file or folder"):
        read_one(tmp_path / "activations.py", course)


def test_a_notebook_is_read_by_its_name_or_for_the_exercise_asked_for(
    course: Course, write: Write
) -> None:
    path = write({"ada/activations.ipynb": b"{}", "ada/final.ipynb": b"[]"}) / "ada"
    assert read_one(path / "activations.ipynb", course).filename == "activations.ipynb"
    assert read_one(path, course).source == b"{}"
    assert read_one(path / "final.ipynb", course, exercise="learning").filename == "final.ipynb"


def test_of_a_folder_with_a_notebook_and_a_file_one_is_read_and_told(
    course: Course, write: Write
) -> None:
    path = write({"ada/activations.ipynb": b"", "ada/activations.py": b"relu = max\n"}) / "ada"
    submission = read_one(path, course)
    assert submission.filename == "activations.py"
    assert "Taken: `activations.py`" in submission.notes[0]
    assert read_one(path / "activations.ipynb", course).notes == ()
