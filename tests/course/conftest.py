"""The course, graded for real: what `grade verify` and `grade batch` conclude.

Grading happens in processes of its own, with the commands that authors and graders use. So neither
this session's warning filters nor its plugins have a part in judging, and what is proved here is
what a class gets. Everything is graded once, and only of those exercises that are asked about; the
tests then look at the results.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from grader.course import Course, Exercise, load_course
from grader.records import Result, from_json
from grader.verify import CourseProof, ExerciseProof

ROOT = Path(__file__).resolve().parents[2]
HOMEWORK = ("tensors", "learning", "activations")
"""What the sample class was asked to hand in."""
SECONDS = 1800
Handed = Mapping[tuple[str, str], Result]
"""The result of each submission, by its exercise and the name it was given."""


class Verified(msgspec.Struct, frozen=True):
    """What `grade verify` found out, and what its candidates scored.

    Attributes:
        proofs: By exercise.
        results: By exercise and student's name: "misconception softmax_dim", "reference 7".
    """

    proofs: dict[str, ExerciseProof]
    results: dict[tuple[str, str], Result]


@pytest.fixture(scope="session")
def course() -> Course:
    return load_course(ROOT / "solutions")


@pytest.fixture(scope="session")
def asked(request: pytest.FixtureRequest, course: Course) -> tuple[Exercise, ...]:
    """The exercises that the tests of this session are about, by their parameters."""
    named = {word for item in request.session.items for word in re.findall(r"\w+", item.nodeid)}
    return tuple(exercise for exercise in course.exercises if exercise.name in named)


@pytest.fixture(scope="session")
def verified(
    course: Course, asked: tuple[Exercise, ...], tmp_path_factory: pytest.TempPathFactory
) -> Verified:
    """`grade verify`, once."""
    path = tmp_path_factory.mktemp("verified") / "results.jsonl"
    names = [exercise.name for exercise in asked]
    done = _grade("verify", *names, "--course", course.root, "--results", path, "--format", "json")
    assert done.returncode in (0, 1, 3), done.stderr
    proof = msgspec.json.decode(done.stdout, type=CourseProof)
    with path.open(encoding="utf-8") as lines:
        results = [from_json(line) for line in lines]
    return Verified(
        {each.exercise: each for each in proof.exercises},
        {(each.exercise, each.student): each for each in results},
    )


@pytest.fixture(scope="session")
def handed(asked: tuple[Exercise, ...], tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """The other right answers, and those with two mistakes at once, as `grade batch` grades them.

    The student of `alternatives/tensors/loops.py` is called `alternatives_loops`.
    """
    folder = tmp_path_factory.mktemp("handed")
    for exercise in asked:
        reference = exercise.reference_path.read_text(encoding="utf-8")
        for kind, above in (("alternatives", ""), ("combinations", f"{reference}\n")):
            for path in (ROOT / "tests/course" / kind / exercise.name).glob("*.py"):
                target = folder / "class" / f"{kind}_{path.stem}" / exercise.file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(above + path.read_text(encoding="utf-8"), encoding="utf-8")
    options = [word for exercise in asked for word in ("--exercise", exercise.name)]
    results = _batch(folder / "class", folder / "reports", *options)
    return {(result.exercise, result.student): result for result in results}


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], Result]:
    """The sample class, by student and exercise."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "tests" / "assets" / "submissions", folder / "class")
    options = [word for name in HOMEWORK for word in ("--exercise", name)]
    results = _batch(folder / "class", folder / "reports", *options)
    return {(result.student, result.exercise): result for result in results}


def _batch(submissions: Path, out: Path, *options: str) -> list[Result]:
    done = _grade(
        *("batch", submissions, "--course", ROOT / "solutions", "--out", out, "--format", "json"),
        *options,
    )
    assert done.returncode == 0, done.stderr
    return msgspec.json.decode(done.stdout, type=list[Result])


def _grade(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "grader", *map(str, arguments)],
        env=os.environ | {"GRADE_SECRET": "the tests of the course"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
