import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli import grade
from grader.course import load_course
from grader.intake import discover, read_one

COURSE = """
name = "small"
title = "Small"
version = "1"
exercises = ["bends", "lines"]
[exercise.bends]
title = "Bends"
[exercise.bends.functions.relu]
points = 1
[exercise.bends.functions.tanh]
points = 1
[exercise.lines]
title = "Lines"
[exercise.lines.functions.slope]
points = 1
"""
STUB = 'def relu(x):\n    raise NotImplementedError("relu: write your answer here")\n'
DONE = "def slope(x):\n    return x\n"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's folder, with the student in it and nothing known of who that is."""
    root = tmp_path / "exercises"
    for name, text in [("bends/bends.py", STUB), ("lines/lines.py", DONE)]:
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text(text)
    (root / "course.toml").write_text(COURSE)
    monkeypatch.chdir(root)
    monkeypatch.delenv("GRADE_STUDENT", raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return root


def submit(*arguments: str) -> Result:
    return CliRunner().invoke(grade, ["submit", *arguments])


def test_what_is_packed_is_what_grading_reads(course: Path) -> None:
    result = submit("--student", "ada")
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(course / "submission.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["student"] == "ada"
    assert manifest["course"] == "small"
    assert [file["path"] for file in manifest["files"]] == ["bends.py", "lines.py"]
    assert {len(file["sha256"]) for file in manifest["files"]} == {64}
    loaded = load_course(course)
    one = read_one(course / "submission.zip", loaded, exercise="lines")
    assert (one.student, one.source, one.notes) == ("ada", DONE.encode(), ())
    (course / "class").mkdir()
    (course / "submission.zip").rename(course / "class" / "submission.zip")
    refs = discover(course / "class", loaded)
    assert [(ref.student, ref.exercise) for ref in refs] == [("ada", "bends"), ("ada", "lines")]
    assert refs[1].read().source == DONE.encode()


def test_the_student_is_told_what_is_unfinished_and_may_hand_it_in(course: Path) -> None:
    (course / "lines" / "lines.py").write_text("def slope(x:\n")
    result = submit("--student", "ada")
    assert result.exit_code == 0
    assert "not written yet: relu; missing: tanh" in result.stdout
    assert "not Python, line 1: '(' was never closed" in result.stdout
    assert "Packed: 2 of 2 files for ada." in result.stderr


def test_a_file_that_is_not_there_is_left_out(course: Path) -> None:
    (course / "bends" / "bends.py").unlink()
    result = submit("--student", "ada")
    assert "not there, left out" in result.stdout
    assert "complete" in result.stdout
    assert "Packed: 1 of 2 files" in result.stderr


def test_only_the_exercises_named_are_packed(course: Path, tmp_path: Path) -> None:
    result = submit("lines", "--student", "ada", "--out", str(tmp_path / "ada.zip"))
    assert result.exit_code == 0
    with zipfile.ZipFile(tmp_path / "ada.zip") as archive:
        assert archive.namelist() == ["manifest.json", "lines.py"]
    assert not (course / "submission.zip").exists()


def test_a_file_may_be_named_instead_of_an_exercise(course: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "Lines (1).py"
    own.parent.mkdir()
    own.write_text("own = 1\n")
    assert submit(str(own), "--student", "ada").exit_code == 0
    with zipfile.ZipFile(course / "submission.zip") as archive:
        assert archive.read("lines.py") == b"own = 1\n"


def test_an_odd_encoding_is_noted_and_packed_as_it_is(course: Path) -> None:
    (course / "lines" / "lines.py").write_bytes(b"# caf\xe9\n" + DONE.encode())
    result = submit("lines", "--student", "ada")
    assert result.exit_code == 0
    assert "not UTF-8 (line 1); read as Latin-1" in result.stderr
    with zipfile.ZipFile(course / "submission.zip") as archive:
        assert archive.read("lines.py").startswith(b"# caf\xe9")


def test_an_earlier_submission_is_replaced_and_nothing_else(course: Path) -> None:
    assert submit("--student", "ada").exit_code == 0
    assert submit("--student", "ada").exit_code == 0
    (course / "thesis.zip").write_bytes(b"years of work")
    result = submit("--student", "ada", "--out", "thesis.zip")
    assert result.exit_code == 2
    assert "is there already, and `grade submit` did not make it" in result.stderr
    assert (course / "thesis.zip").read_bytes() == b"years of work"
    assert not list(course.glob(".*.zip.*"))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--student", "ada", "bend"], "has no exercise `bend`. Did you mean `bends`?"),
        (["--student", "ada", "x.py"], "x.py: not named as a file of an exercise: `bends.py`"),
        (["--student", "ada", "there/bends.py"], "there/bends.py: there is no such file"),
        (["--student", "ada", "bends", "./lines/../bends/bends.py"], "is named twice"),
        (["--student", " \t", "bends"], "whose submission is this?"),
        (["--student", "ada", "--out", "no/such/folder.zip"], "cannot be written (No such file"),
        ([], "whose submission is this? Say it with --student ID"),
        (["--course", "nowhere"], "--course nowhere: there is no such folder"),
    ],
)
def test_what_cannot_be_done_is_a_usage_error_that_says_why(
    course: Path, arguments: list[str], message: str
) -> None:
    result = submit(*arguments)
    assert message in result.stderr
    assert result.exit_code == 2
    assert not (course / "submission.zip").exists()


def test_a_file_too_large_to_be_graded_is_refused(course: Path) -> None:
    (course / "bends" / "bends.py").write_bytes(b"#" * (3 << 20))
    result = submit("--student", "ada")
    assert result.exit_code == 2
    assert "at most 2,097,152 are read" in result.stderr


def test_nothing_to_hand_in_is_a_usage_error(course: Path) -> None:
    for name in ("bends/bends.py", "lines/lines.py"):
        (course / name).unlink()
    result = submit("--student", "ada")
    assert result.exit_code == 2
    assert "there is nothing to hand in yet" in result.stderr


def test_the_reference_is_never_packed(course: Path) -> None:
    for name in ("bends", "lines"):
        (course / name / "test_hidden.py").touch()
    result = submit("--student", "ada")
    assert result.exit_code == 2
    assert "the authors' copy of the course" in result.stderr


def test_the_student_may_be_known_to_the_environment_or_to_git(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert course.is_dir()
    (tmp_path / "gitconfig").write_text("[user]\n\temail = ada@example.org\n")
    assert "for ada@example.org." in submit().stderr
    monkeypatch.setenv("GRADE_STUDENT", "ada")
    assert "for ada." in submit().stderr
    assert "for grace." in submit("--student", "grace").stderr


def test_it_runs_as_a_program_without_colours_in_a_pipe(course: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "submit", "--student", "ada"],
        cwd=course / "lines",
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout + done.stderr
    assert (course / "lines" / "submission.zip").exists()


def notebook(*cells: str) -> bytes:
    document = {"cells": [{"cell_type": "code", "source": cell} for cell in cells], "nbformat": 4}
    return json.dumps(document).encode()


def test_of_a_notebook_and_a_file_the_one_that_was_worked_on_is_packed(course: Path) -> None:
    (course / "bends" / "bends.ipynb").write_bytes(notebook("def relu(x):\n    return x"))
    (course / "lines" / "lines.ipynb").write_bytes(notebook("def slope(x):\n    ..."))
    result = submit("--student", "ada")
    assert result.exit_code == 0
    with zipfile.ZipFile(course / "submission.zip") as archive:
        assert archive.namelist() == ["manifest.json", "bends.ipynb", "lines.py"]
    said = " ".join(result.stderr.split())
    assert "bends: There are `bends.ipynb` and `bends.py`. Taken: `bends.ipynb`, for no" in said
    assert "Taken: `lines.py`, for no function is written in `lines.ipynb` yet" in said
    loaded = load_course(course)
    one = read_one(course / "submission.zip", loaded, exercise="bends")
    assert (one.filename, one.notes) == ("bends.ipynb", ())


def test_where_both_were_worked_on_the_one_that_was_saved_last_is_packed(course: Path) -> None:
    cells = course / "lines" / "lines.ipynb"
    cells.write_bytes(notebook(DONE))
    os.utime(cells, (0, 0))
    result = submit("lines", "--student", "ada")
    said = " ".join(result.stderr.split())
    assert "Taken: `lines.py`, for it was saved later." in said
    assert "If `lines.ipynb` is your answer, name it instead of the exercise." in said
    with zipfile.ZipFile(course / "submission.zip") as archive:
        assert archive.namelist() == ["manifest.json", "lines.py"]
    assert submit("lines/lines.ipynb", "--student", "ada").exit_code == 0
    with zipfile.ZipFile(course / "submission.zip") as archive:
        assert archive.namelist() == ["manifest.json", "lines.ipynb"]


def test_a_notebook_is_looked_over_and_refused_for_nothing(course: Path) -> None:
    (course / "bends" / "bends.py").unlink()
    (course / "bends" / "bends.ipynb").write_bytes(
        notebook("%matplotlib inline\n!ls", STUB, "x = (\n")
    )
    result = submit("bends", "--student", "ada")
    assert result.exit_code == 0
    said = " ".join(result.stdout.replace("│", " ").split())
    assert "bends.ipynb" in said
    assert "not Python: cell [3], line 1: '(' was never closed; not written yet: relu;" in said
    (course / "bends" / "bends.ipynb").write_bytes(notebook(STUB)[:-4])
    result = submit("bends", "--student", "ada")
    assert result.exit_code == 0
    assert "The notebook ends in the middle" in result.stdout


def test_a_notebook_too_large_to_be_graded_is_told_what_to_do(course: Path) -> None:
    (course / "bends" / "bends.py").unlink()
    (course / "bends" / "bends.ipynb").write_bytes(b" " * (65 << 20))
    result = submit("bends", "--student", "ada")
    assert result.exit_code == 2
    assert "clear all outputs" in " ".join(result.stderr.split())
