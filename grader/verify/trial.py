"""An assignment for candidates: graded as a class is, but nothing is done for nothing.

A misconception is asked the tests of the functions that it can make wrong. Of an empty answer it
is asked which tests it passes, of a mutant whether any test of its function fails: neither is told
its mistake, so no misconception is asked, and a mutant's tests end with the first that fails.
Everything else, worker and walls included, is as it is for a class.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from grader.device.name import CPU
from grader.executor import Assignment
from grader.grading import Bench, Hire, grade
from grader.records import Outcome, Result, Submission, Verdict
from grader.suite.examination import Examination
from grader.suite.oracle import LiveOracle
from grader.suite.part import Part, judge_of
from grader.suite.station import Judge, Station
from grader.verify.candidates import Candidate, Kind
from grader.verify.understudy import understudy
from grader.worker.crew import Crew

_AT_HOME: Final = (Kind.EMPTY, Kind.MUTANT)
NOT_NEEDED = "not run: an earlier test has failed already"


class Trial(Assignment, frozen=True, kw_only=True):
    """Grade the candidates of a course.

    Attributes:
        candidates: All of them, by exercise and student's name.
    """

    candidates: dict[tuple[str, str], Candidate]

    def grade(
        self, submission: Submission, station: Station, crew: Crew, bench: Bench | None
    ) -> Result:
        """Grade a candidate by the judge it needs."""
        candidate = self.candidates[submission.exercise, submission.student]
        judge = judge_for(candidate, station.judge(submission.exercise))
        hire: Hire = functools.partial(crew.hire, judge.exercise.limits)
        if candidate.kind is Kind.EMPTY:
            hire = understudy
        # Whether an empty answer passes, or a mutant, is no matter of devices.
        is_at_home = candidate.kind in _AT_HOME
        terms = msgspec.structs.replace(self.terms, device=CPU) if is_at_home else self.terms
        return grade(submission, judge, terms, hire, self.reader, bench)


def judge_for(candidate: Candidate, judge: Judge) -> Judge:
    """The judge that a candidate needs: the exercise's own, or one that asks for less."""
    match candidate.kind:
        case Kind.EMPTY:
            return _undiagnosed(judge)
        case Kind.MUTANT:
            return _undiagnosed(_for(judge, candidate.functions, _Hasty))
        case _:
            return _for(judge, candidate.functions)


def _for(judge: Judge, functions: frozenset[str] | None, kind: type[Part] = Part) -> Judge:
    """The judge of some functions; None for all."""
    if functions is None:
        functions = frozenset(function.name for function in judge.exercise.functions)
    return judge_of(judge, functions, kind)


def _undiagnosed(judge: Judge) -> Judge:
    """The judge without misconceptions; whatever broke it still does."""
    oracle = judge.oracle
    if isinstance(oracle, LiveOracle):
        oracle = LiveOracle(oracle.reference, ())
    return msgspec.structs.replace(judge, oracle=oracle, mistakes=())


class _Hasty(Part):
    """A part of a suite, up to the first test that fails; what comes after it is skipped."""

    def examine(
        self, examination: Examination, only: Callable[[str], bool] = lambda _: True
    ) -> tuple[Outcome, ...]:
        """See `Suite`."""
        outcomes: list[Outcome] = []
        names = [s.name for s in self.specifications if only(s.name)]
        for name in names:
            outcomes += self._whole.examine(examination, name.__eq__)
            if outcomes[-1].verdict not in (Verdict.PASSED, Verdict.SKIPPED):
                break
        return (*outcomes, *_not_run(examination, names[len(outcomes) :]))


def _not_run(examination: Examination, names: Sequence[str]) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(
            name=name,
            verdict=Verdict.SKIPPED,
            wall_seconds=0.0,
            seed=examination.seed_of(name),
            reason=NOT_NEEDED,
        )
        for name in names
    )
