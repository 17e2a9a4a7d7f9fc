"""Student against reference on a large input, each timed in the same run.

A loaded machine slows both, so that a fixed limit in seconds would fail the innocent. One run of
each decides as a rule; only where the student seems slow are both run again, and the best of
several counts. Of a run the processor time counts where it is less than the time on the clock: on
a busy machine a worker mostly waits for its turn. Both are measured on the trusted side.
"""

from __future__ import annotations

import time
from typing import Final

import msgspec
import torch

from grader.suite import findings
from grader.suite.compare import Comparison, Difference
from grader.suite.examination import Examination
from grader.suite.oracle import LiveOracle
from grader.suite.telling import JudgedCall, timed
from grader.worker.endings import Ended
from grader.worker.invoke import Observation
from grader.worker.messages import Raised
from grader.worker.values import Handle

_FACTOR: Final = 20.0
_ALLOWANCE_SECONDS: Final = 0.15
"""A Python loop over two million numbers takes longer at its very best; a busy core not."""
_TICK_SECONDS: Final = 0.01
"""How exact the kernel's count of processor time is."""
_ROUNDS: Final = 5
_HOPELESS: Final = 4.0
"""Who is that many times too slow twice is not slow by bad luck."""
_REFERENCE_ROUNDS: Final = 3
_SAMPLED: Final = 20_000
"""About this many numbers of a large answer are compared."""


class Race:
    """One call on a large input.

    Args:
        examination: The submission under examination.
        oracle: Holds the reference.
        call: What both are asked.
    """

    def __init__(self, examination: Examination, oracle: LiveOracle, call: JudgedCall) -> None:
        self.call = call
        self._examination = examination
        self._oracle = oracle
        self._expected: Observation | Raised | None = None
        self._answer: object = None

    def run(self) -> str | None:
        """How slow the student is, in words, or None if fast enough.

        Raises:
            Unsatisfied: No answer came at all.
        """
        kept = msgspec.structs.replace(
            self.call, args=tuple(self._put(item) for item in self.call.args)
        )
        student_seconds = reference_seconds = float("inf")
        for round_ in range(1, _ROUNDS + 1):
            start, used = time.perf_counter(), self._examination.worker.cpu_seconds()
            told = self._examination.ask(kept, is_kept=True)
            waited = time.perf_counter() - start
            worked = self._examination.worker.cpu_seconds() - used + _TICK_SECONDS
            student_seconds = min(student_seconds, waited, worked)
            if isinstance(told, Raised):
                raise findings.of_raised(told, self.call.text, (), self._examination.place)
            self._answer = told.value
            self._expected, seconds = timed(
                self._oracle.function(self.call.function), self.call, _REFERENCE_ROUNDS
            )
            reference_seconds = min(reference_seconds, seconds)
            limit = _FACTOR * reference_seconds + _ALLOWANCE_SECONDS
            if student_seconds <= limit:
                return None
            if round_ > 1 and student_seconds > _HOPELESS * limit:
                break
        return (
            f"{student_seconds * 1e3:.0f} ms; the reference needs {reference_seconds * 1e3:.1f} ms"
        )

    def difference(self, comparison: Comparison) -> Difference | None:
        """What is wrong with a sample of the answer's numbers, if anything."""
        if not isinstance(self._expected, Observation) or not isinstance(self._answer, Handle):
            return Difference("There is no answer to compare.")
        expected = self._expected.value
        start, step = 0, 1
        if isinstance(expected, torch.Tensor):
            # Where the sample starts follows from the test's seed: nobody can know it.
            step = max(1, expected.numel() // _SAMPLED) | 1
            start = self.call.seed % step
            expected = (tuple(expected.shape), expected.detach().reshape(-1)[start::step])
        device = str(self._examination.device)
        got = self._examination.worker.sample(self._answer, start, step, device)
        if not isinstance(got, Observation):
            return Difference("The answer did not come back.")
        return comparison.difference(expected, got.value)

    def _put(self, item: object) -> object:
        """A tensor is left in the worker ahead of the call; anything else goes with it."""
        if not isinstance(item, torch.Tensor):
            return item
        handle = self._examination.worker.put(item, str(self._examination.device))
        if isinstance(handle, Ended):
            raise findings.of_ended(handle, self.call.text, self._examination.place)
        if isinstance(handle, Raised):
            raise findings.of_raised(handle, self.call.text, (), self._examination.place)
        return handle
