"""Recording a public suite at release: the reference sits in the student's place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from grader.course.model import Exercise
from grader.errors import SuiteError
from grader.records import Limits, Verdict, Visibility
from grader.suite.examination import Examination
from grader.suite.oracle import JudgedCall, LiveOracle, tell
from grader.suite.recording import Recorder
from grader.suite.session import Session, conduct
from grader.worker.client import Answer, Ended, Reason
from grader.worker.messages import Loaded
from grader.worker.values import Handle


class _ReferenceInPlace:
    """Answers as a worker would, in this process, with the reference's functions."""

    def __init__(self, oracle: LiveOracle) -> None:
        self._oracle = oracle

    def begin(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        seed: int,
        gradient_seed: int | None = None,
        **_: Any,
    ) -> Callable[[], Answer]:
        call = JudgedCall(name, args, kwargs, seed, gradient_seed=gradient_seed)
        answer = tell(self._oracle.function(name), call)
        return lambda: answer

    def put(self, value: Any, device: str = "cpu") -> Handle | Ended:
        del value, device
        return Ended(Reason.GARBAGE)

    def sample(self, handle: Handle, start: int, step: int, device: str) -> Answer:
        del handle, start, step, device
        return Ended(Reason.GARBAGE)

    def refresh(self) -> None:
        """There is nothing to start afresh."""

    def take_output(self) -> str:
        return ""


def record(exercise: Exercise) -> bytes:
    """What the reference and the misconceptions answer to a public suite, as JSON.

    Raises:
        SuiteError: The suite is broken, or the reference does not pass it.
    """
    recorder = Recorder(LiveOracle.load(exercise.reference_path, exercise.misconception_paths))

    def with_session(session: Session) -> bytes:
        path = exercise.public_suite_path
        suite = session.suite(
            path, lambda name: exercise.function_of(name).name, Visibility.VISIBLE
        )
        examination = Examination(
            _ReferenceInPlace(recorder.live),
            recorder,
            Loaded(tuple(function.name for function in exercise.functions), ()),
            filename=exercise.file,
            device=torch.device("cpu"),
            limits=Limits(),
            seed=0,
        )
        for outcome in suite.examine(examination):
            if outcome.verdict not in (Verdict.PASSED, Verdict.SKIPPED):
                why = outcome.reason or (outcome.finding.rule if outcome.finding else "")
                raise SuiteError(
                    f"{path}: {outcome.name}: the reference itself is {outcome.verdict}. {why}"
                )
        return recorder.document()

    return conduct([exercise.public_suite_path], exercise.folder, with_session)
