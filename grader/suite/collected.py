"""A collected suite: its tests are run against one submission after the other."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

import msgspec
import pytest

from grader.errors import SuiteError
from grader.records import Outcome, TestSpecification, Verdict
from grader.suite.examination import Examination
from grader.suite.oracle import LiveOracle

_RETRIED: Final = (Verdict.WRONG, Verdict.RAISED, Verdict.CRASHED)


class Runner(Protocol):
    """Runs the items of suites; the session that has collected them."""

    def turn_to(self, suite: Suite) -> None:
        """Leave the suite that ran last, if it was another."""

    def run(
        self, item: pytest.Item, following: pytest.Item | None, examination: Examination
    ) -> Outcome:
        """Run one item and say what it concluded."""


class Suite:
    """One collected suite.

    Attributes:
        specifications: Its tests, in order.
        error: Why it cannot judge anybody, or None.
    """

    def __init__(
        self,
        runner: Runner,
        items: Sequence[pytest.Item],
        specifications: Sequence[TestSpecification],
        error: str | None,
    ) -> None:
        self._runner = runner
        self._items = tuple(items)
        self.specifications = tuple(specifications)
        self.error = error

    def examine(
        self, examination: Examination, only: Callable[[str], bool] = lambda _: True
    ) -> tuple[Outcome, ...]:
        """Run every test against one submission; a failing one is judged as if it ran alone.

        A test that fails after others have used the same server is run once more in a fresh one,
        and that second conclusion counts: no test pays for what an earlier one left behind.

        Raises:
            SuiteError: The suite is broken and cannot judge.
        """
        if self.error is not None:
            raise SuiteError(self.error)
        items = [item for item in self._items if only(item.name)]
        names = [item.name for item in items]
        is_hidden = isinstance(examination.oracle, LiveOracle)
        if is_hidden:
            random.Random(examination.seed).shuffle(items)  # noqa: S311 - the seed is the secret
        self._runner.turn_to(self)
        outcomes = []
        # The first follows the last: what belongs to the module outlives the submission.
        # A single test would follow itself, and keep the fixtures of the submission before.
        last = items[:1] if len(items) > 1 else [None]
        for item, following in zip(items, [*items[1:], *last], strict=True):
            is_used = examination.is_server_used
            examination.is_diagnosing = not is_used
            outcome = self._runner.run(item, following, examination)
            if is_used and outcome.verdict in _RETRIED:
                examination.refresh()
                examination.is_diagnosing = True
                again = self._runner.run(item, following, examination)
                if again.verdict is not Verdict.TIMED_OUT:
                    outcome = again
            outcomes.append(outcome)
        by_name = {outcome.name: outcome for outcome in outcomes}
        if is_hidden:
            by_name |= self._asked_again(examination, by_name)
        return tuple(by_name[name] for name in names)

    def _asked_again(
        self, examination: Examination, outcomes: Mapping[str, Outcome]
    ) -> dict[str, Outcome]:
        """The outcomes of tests whose answer does not hold in a server that has seen nothing."""
        passed = [name for name, each in outcomes.items() if each.verdict is Verdict.PASSED]
        return {
            name: msgspec.structs.replace(
                outcomes[name], verdict=unsatisfied.verdict, finding=unsatisfied.finding
            )
            for name, unsatisfied in examination.again.differing(
                passed, examination.ask, examination.refresh
            )
        }
