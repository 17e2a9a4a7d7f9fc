"""`grade new exercise` as an author meets it: what it writes passes all the other commands."""

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Grade = Callable[..., CompletedProcess[str]]


@pytest.fixture
def repository(project: Path, tmp_path: Path) -> Path:
    """A copy of the course with one exercise, so that what follows is quick."""
    source, target = project / "solutions", tmp_path / "solutions"
    shutil.copytree(source / "tensors", target / "tensors")
    text = (source / "course.toml").read_text()
    start = text.index("exercises = [")
    end = text.index("]", start) + 1
    (target / "course.toml").write_text(f'{text[:start]}exercises = ["tensors"]{text[end:]}')
    return tmp_path


def files(folder: Path) -> list[str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def test_a_new_exercise_is_proved_released_checked_and_graded(
    grade: Grade, repository: Path
) -> None:
    done = grade("new", "exercise", "maps", cwd=repository)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "wrote   maps/README.md",
        "wrote   maps/exercise.toml",
        "wrote   maps/maps.py",
        "wrote   maps/test_public.py",
        "wrote   maps/test_hidden.py",
        "wrote   maps/misconceptions/minutes_late_early.py",
        "changed course.toml",
    ]
    assert "grade verify maps" in done.stderr

    done = grade("verify", "maps", "--mutate", cwd=repository)
    assert done.returncode == 0, done.stdout + done.stderr

    done = grade("release", cwd=repository)
    assert done.returncode == 0, done.stderr
    assert "wrote   maps/maps.ipynb" in done.stdout
    assert grade("release", "--check", cwd=repository).returncode == 0

    shutil.copy(repository / "solutions/maps/maps.py", repository / "exercises/maps/maps.py")
    done = grade("check", "maps", cwd=repository)
    assert done.returncode == 0, done.stdout
    assert "2 of 2 points" in done.stdout

    handed_in = repository / "class" / "ada"
    handed_in.mkdir(parents=True)
    shutil.copy(repository / "solutions/maps/maps.py", handed_in)
    done = grade("batch", "class", "--exercise", "maps", "--out", "out", cwd=repository)
    assert done.returncode == 0, done.stderr
    assert "ada,2,2,2,100.0,graded," in (repository / "out" / "grades.csv").read_text()


def test_an_exercise_that_is_there_is_left_as_it_is(grade: Grade, repository: Path) -> None:
    before = files(repository)
    done = grade("new", "exercise", "tensors", cwd=repository)
    assert done.returncode == 2
    assert "tensors: is there already, and is left as it is." in done.stderr
    assert files(repository) == before


def test_a_folder_without_a_course_is_told(grade: Grade, tmp_path: Path) -> None:
    done = grade("new", "exercise", "maps", cwd=tmp_path)
    assert done.returncode == 2
    assert "no course.toml in" in done.stderr
    assert files(tmp_path) == []
