"""Recording a public suite at release: the reference sits in the student's place."""

from __future__ import annotations

import torch

from grader.course.model import Exercise
from grader.errors import SuiteError
from grader.records import Limits, Verdict, Visibility
from grader.suite.conclusion import StandIn
from grader.suite.examination import Examination
from grader.suite.oracle import LiveOracle
from grader.suite.recording import Recorder
from grader.suite.session import Session, conduct
from grader.worker.messages import Loaded


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
            StandIn(recorder.live),
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
