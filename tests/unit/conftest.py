"""A zygote for all tests that need workers, and small courses to grade with them.

A zygote takes seconds to start, so there is one; its workers are not confined, which has tests of
its own.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from grader.course import Course, load_course
from grader.executor import Assignment, run_inline
from grader.grading import Terms
from grader.records import Result, Submission, Tier
from grader.worker.ignition import ignite
from grader.worker.launch import Zygote

Exercises = Mapping[str, Mapping[str, str]]
"""Per exercise its files: path in the exercise's folder to text."""


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote(ignite(Tier.NONE, is_warm=True, has_notebooks=True)) as started:
        started.wait_ready()
        yield started


@pytest.fixture(scope="session")
def build_course() -> Callable[[Path, Exercises], Course]:
    """Writes a course and loads it."""

    def build(root: Path, exercises: Exercises) -> Course:
        names = ", ".join(f'"{name}"' for name in exercises)
        root.mkdir(parents=True, exist_ok=True)
        heading = 'name = "small"\ntitle = "Small"\nversion = "1"\n'
        (root / "course.toml").write_text(f"{heading}exercises = [{names}]\n")
        for name, files in exercises.items():
            for place, text in files.items():
                path = root / name / place
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
        return load_course(root)

    return build


@pytest.fixture(scope="session")
def grade_all(zygote: Zygote) -> Callable[..., dict[tuple[str, str], Result]]:
    """Grades (student, exercise) → text in one session, in this process."""

    def grade_every(
        course: Course, texts: Mapping[tuple[str, str], str | None], seed: int | None = None
    ) -> dict[tuple[str, str], Result]:
        submissions = [
            Submission(
                student=student,
                exercise=exercise,
                filename=course.exercise(exercise).file,
                source=None if text is None else text.encode(),
            )
            for (student, exercise), text in texts.items()
        ]
        terms = Terms(Tier.NONE, secret=b"secret", seed=seed)
        results = run_inline(Assignment(course, course.exercises, terms), submissions, zygote)
        return {(result.student, result.exercise): result for result in results}

    return grade_every
