"""What the hidden suite asks that students have been asked before.

Not the text of the suites is compared but the calls that they make: both are run with the reference
in the student's place, and every call is noted with its arguments. A hidden call that the public
suite makes too gives points for an answer that was handed out.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch

from grader.course.model import Course, Exercise
from grader.errors import GraderError, SuiteError
from grader.records import Limits, Outcome, Verdict, Visibility
from grader.suite import describe
from grader.suite.conclusion import StandIn
from grader.suite.examination import Examination
from grader.suite.oracle import LiveOracle
from grader.suite.session import Session, conduct
from grader.verify.claims import Claim, Problem
from grader.worker.answers import Answer
from grader.worker.messages import Loaded
from grader.worker.twins import Twin, state_of
from grader.worker.values import Handle

_SEED = 0


class Question(msgspec.Struct, frozen=True):
    """One call of a test.

    Attributes:
        test: The test's name, with parameters.
        text: The call as a person would write it.
        key: Equal for two calls exactly if they ask for the same.
    """

    test: str
    text: str
    key: str


def repeated(course: Course, exercises: Sequence[Exercise]) -> tuple[Problem, ...]:
    """Every call that an exercise's hidden suite and its public one both make.

    Where the reference does not pass the public suite is told too.

    Args:
        course: The course.
        exercises: Those whose suites can be collected and pass on the reference.
    """
    if not exercises:
        return ()
    paths = [path for each in exercises for path in _suites(each)]

    def with_session(session: Session) -> tuple[Problem, ...]:
        return tuple(problem for each in exercises for problem in _repeated(session, each))

    return conduct(paths, course.root, with_session)


def _suites(exercise: Exercise) -> list[Path]:
    paths = [exercise.public_suite_path, exercise.hidden_suite_path]
    return [path for path in paths if path.is_file()]


def _repeated(session: Session, exercise: Exercise) -> list[Problem]:
    if not exercise.public_suite_path.is_file():
        return []
    try:
        public, problems = _asked(session, exercise, exercise.public_suite_path)
        hidden, _ = _asked(session, exercise, exercise.hidden_suite_path)
    except GraderError as error:
        return [
            Problem(
                exercise=exercise.name,
                claim=Claim.GRADABLE,
                where=f"{exercise.name}/{exercise.public_suite_path.name}",
                what=f"The suites cannot be compared: {error}",
                todo="Mend the suite.",
            )
        ]
    asked = {question.key: question for question in reversed(public)}
    found = {q.key: (q, asked[q.key]) for q in reversed(hidden) if q.key in asked}
    repetitions = [
        Problem(
            exercise=exercise.name,
            claim=Claim.FRESH,
            where=f"{exercise.name}/{exercise.hidden_suite_path.name}::{question.test}",
            what=f"It asks for {question.text}, as {before.test} of the public suite does.",
            todo="Give the hidden test other numbers: students know the answer to these.",
        )
        for question, before in reversed(found.values())
    ]
    return [*problems, *repetitions]


def _asked(
    session: Session, exercise: Exercise, path: Path
) -> tuple[list[Question], list[Problem]]:
    """Every call of a suite, in order, and where the reference does not pass.

    Raises:
        SuiteError: The suite or the reference is broken.
    """
    suite = session.suite(path, lambda name: exercise.function_of(name).name, Visibility.HINT)
    if suite.error is not None:
        raise SuiteError(suite.error)
    oracle = LiveOracle.load(exercise.reference_path, ())
    listener = _Listener(oracle)
    questions: list[Question] = []
    examination = Examination(
        listener,
        oracle,
        Loaded(tuple(vars(oracle.reference)), ()),
        filename=exercise.file,
        device=torch.device("cpu"),
        limits=Limits(submission_seconds=600.0),
        seed=_SEED,
    )
    problems = []
    for specification in suite.specifications:
        (outcome,) = suite.examine(examination, specification.name.__eq__)
        questions += [Question(specification.name, *heard) for heard in listener.heard]
        listener.heard.clear()
        if outcome.verdict not in (Verdict.PASSED, Verdict.SKIPPED):
            problems.append(_failed(exercise, path, outcome))
    return questions, problems


def _failed(exercise: Exercise, path: Path, outcome: Outcome) -> Problem:
    why = outcome.finding.rule if outcome.finding else outcome.reason
    return Problem(
        exercise=exercise.name,
        claim=Claim.REFERENCE,
        where=f"{exercise.name}/{path.name}::{outcome.name}",
        what=f"The reference itself does not pass: {why}",
        todo="Mend the reference or the test.",
    )


class _Listener(StandIn):
    """The reference in the student's place, that notes what it is asked.

    Attributes:
        heard: Text and key of every call since the last test.
    """

    def __init__(self, oracle: LiveOracle) -> None:
        super().__init__(oracle)
        self.heard: list[tuple[str, str]] = []

    def begin(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        gradient_seed: int | None = None,
        repeat: int = 1,
        **options: Any,
    ) -> Callable[[], Answer]:
        """Note a call, and answer it."""
        given = tuple(self._kept[i.number] if isinstance(i, Handle) else i for i in args)
        bound = _bound(self._oracle.function(name), given, kwargs)
        ask = "" if gradient_seed is None else "gradient of "
        times = " twice" if repeat > 1 else ""
        key = repr((ask, name, times, {each: _key(item) for each, item in bound.items()}))
        text = f"{ask}{describe.call(name, given, kwargs)}{times}"
        self.heard.append((text, hashlib.sha256(key.encode()).hexdigest()))
        return super().begin(
            name, args, kwargs, gradient_seed=gradient_seed, repeat=repeat, **options
        )


def _bound(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> dict[str, Any]:
    """The arguments by name, so that it does not matter how they were given."""
    try:
        bound = inspect.signature(function).bind(*args, **kwargs)
    except (TypeError, ValueError):  # a wrong call may be the very question
        return {**{str(index): item for index, item in enumerate(args)}, **kwargs}
    bound.apply_defaults()
    return dict(bound.arguments)


def _key(item: Any) -> Any:
    """The item as something whose `repr` is equal exactly for equal items."""
    match item:
        case torch.Tensor():
            plain = item.detach().cpu().contiguous().reshape(-1)
            digest = hashlib.sha256(plain.view(torch.uint8).numpy().tobytes()).hexdigest()
            return ("tensor", str(item.dtype), tuple(item.shape), digest)
        case Twin():
            given = [_key(part) for part in (*item.args, *item.kwargs.values())]
            return ("twin", item.path, given, _key(state_of(item.local)))
        case list() | tuple():
            return (type(item).__name__, [_key(part) for part in item])
        case dict():
            return ("dict", [(_key(key), _key(part)) for key, part in item.items()])
        case _:
            return (type(item).__name__, repr(item))
