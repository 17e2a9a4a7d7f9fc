"""A station: one long-lived session that judges submissions of several exercises.

`open_station` collects the suites, loads references and misconceptions once, and hands a `Station`
to its body; `Station.examine` then costs what the tests cost and little more.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import torch

from grader.course.load import suite_sha256
from grader.course.model import Course, Exercise
from grader.errors import GraderError, SuiteError
from grader.records import Mistake, Outcome, TestSpecification, Visibility
from grader.suite.collected import Suite
from grader.suite.examination import Examination
from grader.suite.oracle import LiveOracle, Oracle
from grader.suite.recording import RecordedOracle
from grader.suite.session import Session, conduct

T = TypeVar("T")


class Judge(msgspec.Struct, frozen=True):
    """What judges one exercise: its suite and its oracle, or why there is none."""

    exercise: Exercise
    suite: Suite
    oracle: Oracle | None
    mistakes: tuple[Mistake, ...]
    error: str | None
    suite_sha256: str

    @property
    def specifications(self) -> tuple[TestSpecification, ...]:
        """The tests of the suite."""
        return self.suite.specifications

    def examine(
        self, examination: Examination, only: Callable[[str], bool] = lambda _: True
    ) -> tuple[Outcome, ...]:
        """Run the suite, or `only` some of its tests, against one submission.

        Raises:
            SuiteError: The suite, the reference or a misconception is broken.
        """
        return self.suite.examine(examination, only)

    def sound_oracle(self) -> Oracle:
        """The oracle.

        Raises:
            SuiteError: The suite, the reference or a misconception is broken.
        """
        if self.error is not None or self.oracle is None:
            raise SuiteError(self.error or f"{self.exercise.folder}: no reference")
        return self.oracle


class Station:
    """The judges of a session, by exercise."""

    def __init__(self, judges: Sequence[Judge]) -> None:
        self._judges = {judge.exercise.name: judge for judge in judges}

    def judge(self, exercise: str) -> Judge:
        """The judge of one exercise."""
        return self._judges[exercise]


def open_station(
    course: Course,
    exercises: Sequence[Exercise],
    body: Callable[[Station], T],
    *,
    is_public: bool = False,
) -> T:
    """Collect the suites of some exercises and run `body` with them at hand.

    A broken suite does not stop the others: its judge says why it cannot judge.

    Args:
        course: The course; nothing above its folder is looked at.
        exercises: Which of its exercises.
        body: Called once, while the session lasts.
        is_public: Take the public suites and the recorded answers instead.
    """
    torch.set_num_threads(1)  # two stations with two threads each would fight for two cores

    def with_session(session: Session) -> T:
        station = Station([_judge(session, exercise, is_public) for exercise in exercises])
        # torch, pytest and the suites stay: nothing is gained by looking through them again and
        # again for garbage, and a forked station would copy every page that is looked at.
        gc.collect()
        gc.freeze()
        try:
            return body(station)
        finally:
            gc.unfreeze()

    paths = [_suite_path(exercise, is_public) for exercise in exercises]
    return conduct([path for path in paths if path.is_file()], course.root, with_session)


def _suite_path(exercise: Exercise, is_public: bool) -> Path:
    return exercise.public_suite_path if is_public else exercise.hidden_suite_path


def _judge(session: Session, exercise: Exercise, is_public: bool) -> Judge:
    path = _suite_path(exercise, is_public)
    default = Visibility.VISIBLE if is_public else Visibility.HINT
    suite = session.suite(path, lambda name: exercise.function_of(name).name, default)
    oracle: Oracle | None = None
    mistakes: tuple[Mistake, ...] = ()
    error = suite.error
    try:
        if is_public:
            recorded = RecordedOracle.load(exercise.recording_path)
            oracle, mistakes = recorded, recorded.mistakes
        else:
            live = LiveOracle.load(exercise.reference_path, exercise.misconception_paths)
            oracle, mistakes = live, tuple(m.mistake for m in live.misconceptions)
            error = error or _unknown_functions(exercise, live) or _untested(exercise, suite)
    except GraderError as broken:
        error = error or str(broken)
    return Judge(exercise, suite, oracle, mistakes, error, suite_sha256(exercise))


def _unknown_functions(exercise: Exercise, oracle: LiveOracle) -> str | None:
    """A misconception or a point of a function that does not exist is found before it matters."""
    names = {function.name for function in exercise.functions}
    for misconception in oracle.misconceptions:
        if misconception.mistake.function not in names:
            return (
                f"{exercise.folder}: a misconception names the function "
                f"{misconception.mistake.function}, which exercise.toml does not"
            )
    missing = [name for name in names if not hasattr(oracle.reference, name)]
    return f"{exercise.reference_path}: defines no {', '.join(missing)}" if missing else None


def _untested(exercise: Exercise, suite: Suite) -> str | None:
    """Points that no test can give would be missing from everybody's maximum, and nobody told."""
    tested = {specification.function for specification in suite.specifications}
    lost = [each for each in exercise.functions if each.points > 0 and each.name not in tested]
    if not lost:
        return None
    names = ", ".join(f"{function.name} ({function.points:g} points)" for function in lost)
    return (
        f"{exercise.hidden_suite_path}: no hidden test for {names}. Write one, "
        f"`test_{lost[0].name}_<what it shows>`, or give the function 0 points in exercise.toml"
    )
