"""What a test concluded, read from the exception that ended it, and whose doing that was.

A suite's own line may stumble over an answer of a kind it did not expect: `second > first` of two
strings of text and a number is a `TypeError`, and no fault of the suite's. So when a test breaks,
it is run once more with the reference in the student's place. If it breaks again the suite is
broken, and nobody is graded by it; if it passes the student's answer did it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

import msgspec
import pytest
import torch

from grader.errors import GraderError, SandboxError, WorkerError
from grader.records import Finding, Outcome, Verdict
from grader.suite.examination import Examination
from grader.suite.findings import Unsatisfied
from grader.suite.oracle import LiveOracle
from grader.suite.telling import JudgedCall, tell
from grader.worker.answers import Answer
from grader.worker.invoke import Observation
from grader.worker.messages import Loaded
from grader.worker.values import Handle

ENDINGS: Final = (KeyboardInterrupt, SandboxError, WorkerError)
"""What ends the whole examination: nobody's answer is at fault, and no suite."""
_STEERING: Final = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)])


def conclusion(error: BaseException | None) -> tuple[Verdict, Finding | None, str | None]:
    """Verdict, finding and reason of a test that ended with this exception.

    Raises:
        SandboxError, WorkerError: There is no worker to ask: it is no test's conclusion.
    """
    match error:
        case None:
            return Verdict.PASSED, None, None
        case Unsatisfied():
            return error.verdict, error.finding, None
        case pytest.skip.Exception():
            return Verdict.SKIPPED, None, str(error)
        case _ if isinstance(error, ENDINGS):
            raise error
        case _:
            return Verdict.GRADER_ERROR, None, f"{type(error).__name__}: {error}"[:2000]


def is_stumble(error: BaseException | None) -> bool:
    """Whether a line of the suite itself raised: over the answer, or because it is broken."""
    return error is not None and not isinstance(
        error, Unsatisfied | pytest.skip.Exception | pytest.FixtureLookupError | GraderError
    )


def blamed(outcome: Outcome, error: BaseException | None) -> Outcome:
    """The outcome of a test that broke over a student's answer, and over nobody else's."""
    is_property = isinstance(error, AssertionError | pytest.fail.Exception)
    rule = (
        "The answer does not have a property that was asked for."
        if is_property
        else "The answer is not of a kind that the test could work with."
    )
    finding = Finding(
        rule=rule, detail=(str(error) if is_property else outcome.reason or "")[:2000]
    )
    return msgspec.structs.replace(outcome, verdict=Verdict.WRONG, finding=finding, reason=None)


def without_steering(text: str) -> str:
    """The text without the characters that steer a terminal; newlines and tabs stay."""
    return text.translate(_STEERING)


class StandIn:
    """The reference in the student's place: answers as a worker would, in this process."""

    def __init__(self, oracle: LiveOracle) -> None:
        self._oracle = oracle
        self._kept: list[Any] = []

    def begin(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        seed: int,
        device: str = "cpu",
        handle: Handle | None = None,
        gradient_seed: int | None = None,
        repeat: int = 1,
        is_kept: bool = False,
        seconds: float | None = None,
        forbidden: tuple[str, ...] = (),
    ) -> Callable[[], Answer]:
        """Call a function of the reference, as soon as somebody waits for it.

        (The oracle may be asked in between, and it shares torch's global generator with this.)
        """
        del handle, seconds, forbidden
        given = tuple(self._kept[i.number] if isinstance(i, Handle) else i for i in args)
        call = JudgedCall(name, given, kwargs, seed, device, gradient_seed, repeat)

        def answer() -> Answer:
            told = tell(self._oracle.function(name), call)
            if is_kept and isinstance(told, Observation):
                return Observation(self.put(told.value))
            return told

        return answer

    def put(self, value: Any, device: str = "cpu") -> Handle:
        """Keep a value for later calls."""
        del device
        self._kept.append(value)
        return Handle(len(self._kept) - 1, "kept")

    def fetch(self, handle: Handle, name: str, device: str = "cpu") -> Answer:
        """An attribute of what was kept; a module stays behind, as it would in a worker."""
        del device
        value = getattr(self._kept[handle.number], name)
        return Observation(self.put(value) if isinstance(value, torch.nn.Module) else value)

    def sample(self, handle: Handle, start: int, step: int, device: str) -> Answer:
        """What was kept; of a tensor its shape and every `step`-th number."""
        del device
        value = self._kept[handle.number]
        if isinstance(value, torch.Tensor):
            value = (tuple(value.shape), value.detach().reshape(-1)[start::step])
        return Observation(value)

    def cpu_seconds(self) -> float:
        """What this process has taken of the processor."""
        return time.process_time()

    def refresh(self) -> None:
        """There is nothing to start afresh."""

    def take_output(self) -> str:
        """The reference prints nothing."""
        return ""


def rehearsal(examination: Examination) -> Examination | None:
    """The same examination with the reference in the student's place, if there is one here."""
    oracle = examination.oracle
    if not isinstance(oracle, LiveOracle):
        return None
    return Examination(
        StandIn(oracle),
        oracle,
        Loaded(tuple(vars(oracle.reference)), ()),
        filename=examination.filename,
        device=examination.device,
        limits=examination.limits,
        seed=examination.seed,
    )
