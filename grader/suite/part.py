"""A part of a suite: the tests of some functions, and what these are worth."""

from __future__ import annotations

from collections.abc import Callable, Collection

import msgspec

from grader.records import Outcome
from grader.suite.collected import Suite
from grader.suite.examination import Examination
from grader.suite.station import Judge


def judge_of(judge: Judge, functions: Collection[str], kind: type[Part] | None = None) -> Judge:
    """The judge of some functions of its exercise: their tests, and their points.

    Args:
        judge: The judge of the whole exercise.
        functions: Names of functions of the exercise.
        kind: How the part is examined; by default as the whole would be.
    """
    suite = (kind or Part)(judge.suite, functions)
    own = tuple(each for each in judge.exercise.functions if each.name in functions)
    exercise = msgspec.structs.replace(judge.exercise, functions=own)
    return msgspec.structs.replace(judge, exercise=exercise, suite=suite)


class Part(Suite):
    """A suite's tests of some functions.

    Args:
        whole: The suite.
        functions: Whose tests.
    """

    def __init__(self, whole: Suite, functions: Collection[str]) -> None:
        self._whole = whole
        self.error = whole.error
        self.specifications = tuple(
            specification
            for specification in whole.specifications
            if specification.function in functions
        )
        self._names = frozenset(specification.name for specification in self.specifications)

    def examine(
        self, examination: Examination, only: Callable[[str], bool] = lambda _: True
    ) -> tuple[Outcome, ...]:
        """See `Suite`."""
        return self._whole.examine(examination, lambda name: name in self._names and only(name))
