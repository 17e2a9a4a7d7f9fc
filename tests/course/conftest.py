"""The course, graded for real: what `grade batch` concludes, as a marker would run it.

Grading happens in a process of its own, with the command that graders use. So neither this
session's warning filters nor its plugins have a part in judging, and what is proved here is what
a class gets. Everything of one exercise is graded once; the tests then look at the results.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec
import pytest

from grader.course import Course, Exercise, load_course
from grader.records import Result

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 900

Graded = Mapping[str, Result]
"""The result of each submission, by the name it was given."""


@pytest.fixture(scope="session")
def course() -> Course:
    return load_course(ROOT / "solutions")


@pytest.fixture(scope="session")
def graded(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Graded]:
    """Reference, stub, alternatives and misconceptions of an exercise, by what they are."""

    @functools.cache
    def grade(exercise: str) -> Graded:
        folder = tmp_path_factory.mktemp(exercise)
        for name, source in _submissions(course.exercise(exercise)).items():
            path = folder / "class" / name / course.exercise(exercise).file
            path.parent.mkdir(parents=True)
            path.write_text(source, encoding="utf-8")
        results = _batch(folder / "class", folder / "reports", "--exercise", exercise)
        return {result.student: result for result in results}

    return grade


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], Result]:
    """The sample class, by student and exercise."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "tests" / "assets" / "submissions", folder / "class")
    results = _batch(folder / "class", folder / "reports")
    return {(result.student, result.exercise): result for result in results}


def _submissions(exercise: Exercise) -> dict[str, str]:
    """What is handed in, under the name of a student that does not exist."""
    reference = exercise.reference_path.read_text(encoding="utf-8")
    stub = ROOT / "exercises" / exercise.name / exercise.file
    sources = {"reference": reference, "stub": stub.read_text(encoding="utf-8")}
    for path in sorted((ROOT / "tests/course/alternatives" / exercise.name).glob("*.py")):
        sources[f"alternative_{path.stem}"] = path.read_text(encoding="utf-8")
    for path in exercise.misconception_paths:
        # One function is wrong and all others are the reference's.
        sources[path.stem] = f"{reference}\n{path.read_text(encoding='utf-8')}"
    return sources


def _batch(submissions: Path, out: Path, *options: str) -> list[Result]:
    command = [sys.executable, "-m", "grader", "batch", str(submissions)]
    command += ["--course", str(ROOT / "solutions"), "--out", str(out), "--format", "json"]
    done = subprocess.run(
        [*command, *options],
        env=os.environ | {"GRADE_SECRET": "the tests of the course"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return msgspec.json.decode(done.stdout, type=list[Result])
