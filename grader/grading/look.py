"""One look at a submission on one device: hire a worker, load the file, run the suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import msgspec
import torch

from grader.device import Looks
from grader.device.name import CPU
from grader.errors import DeviceError, DeviceLostError, GraderError
from grader.forbidden.text import Use
from grader.grading.abroad import is_worth_a_look, joined
from grader.grading.bench import Bench
from grader.grading.care import Care
from grader.grading.cells import runs
from grader.grading.loading import Hire, load
from grader.grading.names import lost
from grader.intake.reading import Reading
from grader.records import Outcome, Verdict
from grader.records.notebook import CellRun
from grader.suite.examination import Examination
from grader.suite.oracle import Oracle
from grader.suite.station import Judge
from grader.worker.endings import Ended
from grader.worker.messages import Loaded

_ALARMING: Final = (
    Verdict.TIMED_OUT,
    Verdict.CRASHED,
    Verdict.OUT_OF_MEMORY,
    Verdict.GRADER_ERROR,
)
"""After one of these on a GPU nobody else is sent there before it was checked."""


class View(msgspec.Struct, frozen=True):
    """What was seen on one device."""

    outcomes: tuple[Outcome, ...]
    loaded: Loaded | Ended
    cells: tuple[CellRun, ...]
    care: Care


class Look:
    """Looks at one submission, on one device or on another.

    Args:
        judge: Who judges it.
        oracle: Holds the right answers.
        reading: The submission, read.
        seed: Its seed.
        uses: For each function what its text uses of what is ruled out.
        hire: Gives workers on the CPU.
        bench: Where to work on the other device, if there is one.
    """

    def __init__(
        self,
        judge: Judge,
        oracle: Oracle,
        reading: Reading,
        seed: int,
        uses: Mapping[str, Use],
        hire: Hire,
        bench: Bench | None,
    ) -> None:
        self._judge = judge
        self._oracle = oracle
        self._reading = reading
        self._seed = seed
        self._uses = uses
        self._hire = hire
        self._bench = bench

    def at(self, device: str, only: Callable[[str], bool] = lambda _: True) -> View:
        """Look on one device.

        Args:
            device: Its name, as it was asked for.
            only: Which tests to run.

        Raises:
            GraderError: Nobody could be judged there.
        """
        if device == CPU:
            return self._look(self._hire, torch.device(CPU), only)
        bench = self._bench
        if bench is None:
            raise DeviceError(
                f"it is to be graded on {device}, and nothing was prepared for that here. "
                f"Ask for it with --device {device}, or for the CPU with --device cpu."
            )
        with bench.turn(self._judge.exercise.limits) as hire:
            try:
                view = self._look(hire, bench.device, only)
            except GraderError as error:
                bench.look_after(str(error))
                raise
            if any(outcome.verdict in _ALARMING for outcome in view.outcomes):
                bench.look_after()
        return view

    def elsewhere(
        self, outcomes: tuple[Outcome, ...], looks: Looks
    ) -> tuple[tuple[Outcome, ...], str]:
        """What another look adds to these outcomes, and why there was none if that is so."""
        names = {each.name for each in outcomes if is_worth_a_look(each, looks)}
        if not looks.other or not names:
            return outcomes, ""
        try:
            view = self.at(looks.other, names.__contains__)
        except DeviceLostError:
            raise
        except GraderError as error:
            return outcomes, f"{error}"
        return joined(outcomes, {each.name: each for each in view.outcomes}, looks), ""

    def _look(self, hire: Hire, device: torch.device, only: Callable[[str], bool]) -> View:
        opened = load(hire, self._judge.exercise, self._reading)
        try:
            cells = runs(self._reading.cells or (), opened.worker.cells)
            examination = Examination(
                opened.worker,
                self._oracle,
                opened.loaded,
                filename=opened.filename,
                device=device,
                limits=self._judge.exercise.limits,
                seed=self._seed,
                cells=cells,
                forbidden=self._judge.exercise.forbidden,
                uses=self._uses,
                lost={}
                if isinstance(opened.loaded, Ended)
                else lost(cells, opened.loaded.problems, self._reading.bindings),
            )
            outcomes = self._judge.examine(examination, only)
        finally:
            opened.worker.close()
        return View(outcomes, opened.loaded, cells, opened.care)
