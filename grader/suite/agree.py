"""`agree`: put a call to the student, ask the oracle, compare in a teacher's order.

    came back at all → type → structure → shape → dtype → device → gradient flow
    → input untouched → values

The comparison of values comes last because it says least. On a disagreement the misconceptions
are asked what they would have answered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Self

import msgspec
import torch

from grader.errors import SuiteError
from grader.records import Finding, Verdict
from grader.suite import describe, findings, modules
from grader.suite.compare import Comparison, Difference, Tolerance
from grader.suite.examination import Examination
from grader.suite.findings import Unsatisfied
from grader.suite.oracle import LiveOracle
from grader.suite.race import Race
from grader.suite.telling import JudgedCall, Told
from grader.worker.invoke import Observation
from grader.worker.messages import Raised

_BREAKDOWNS: Final = frozenset(
    {"AttributeError", "ImportError", "MemoryError", "NameError", "NotImplementedError"}
)
"""What no reference raises on purpose: a student who does not raise it too is not wrong."""

_CHANGED: Final = "The input was changed. Inputs are never changed."


class Agree:
    """The fixture `agree` of one test.

    Args:
        examination: The submission under examination.
        name: The test's name with parameters.
    """

    def __init__(self, examination: Examination, name: str) -> None:
        self._examination = examination
        self._name = name
        self._seed = examination.seed_of(name)
        self._calls: list[JudgedCall] = []
        self._comparison = Comparison()
        self._is_fresh = False

    def using(
        self,
        *,
        rtol: float | None = None,
        atol: float | None = None,
        by_value: bool | None = None,
        fresh: bool | None = None,
    ) -> Self:
        """The same `agree` with other settings.

        Args:
            rtol: Relative tolerance of floats, with `atol`; both override those of each dtype.
            atol: Absolute tolerance of floats.
            by_value: Take a number for a tensor without dimensions, and the other way round.
            fresh: Start each call in a fresh server.
        """
        other = type(self)(self._examination, self._name)
        other._calls = self._calls  # noqa: SLF001 - the same test goes on
        tolerance = self._comparison.tolerance
        if rtol is not None or atol is not None:
            tolerance = Tolerance(rtol or 0.0, atol or 0.0)
        is_by_value = self._comparison.by_value if by_value is None else by_value
        other._comparison = Comparison(tolerance, is_by_value)  # noqa: SLF001
        other._is_fresh = self._is_fresh if fresh is None else fresh  # noqa: SLF001
        return other

    def __call__(self, function: str, /, *args: Any, **kwargs: Any) -> Any:
        """Call student and reference alike and compare; gives the student's answer."""
        return self._judge(self._call(function, args, kwargs))

    def gradient(self, function: str, /, *args: Any, **kwargs: Any) -> Any:
        """The same, and the gradients of all float tensors among the arguments must agree."""
        return self._judge(self._call(function, args, kwargs, has_gradient=True))

    def twice(self, function: str, /, *args: Any, **kwargs: Any) -> Any:
        """Called again and again, with the very same tensors; each answer must be as the first.

        What a call leaves behind, in a global or in the `.grad` of its input, must not matter.
        """
        self._judge(self._call(function, args, kwargs))
        return self._judge(msgspec.structs.replace(self._call(function, args, kwargs), repeat=2))

    def speed(self, function: str, /, *args: Any, **kwargs: Any) -> None:
        """The answer must agree and must not take far longer than the reference's own.

        The student's time is taken here, over arguments that already lie in the worker, so that
        neither the wire nor a clock of the worker's has a part in it. Of the answer a sample of
        the numbers is compared, chosen here; where it is wrong the whole is asked for again.
        """
        oracle = self._examination.oracle
        if not isinstance(oracle, LiveOracle):
            raise SuiteError(f"{self._name}: agree.speed needs the reference")
        self._examination.require(function)
        if self._is_fresh:
            self._examination.refresh()
        race = Race(self._examination, oracle, self._call(function, args, kwargs))
        slow = oracle.slow(function, self._name.partition("[")[0])
        finding = Finding(
            rule="The answer takes far too long on a large input: work on whole tensors at once.",
            call=race.call.text,
            candidates=slow,
        )
        try:
            detail = race.run()
        except Unsatisfied as unsatisfied:
            if unsatisfied.verdict not in (Verdict.TIMED_OUT, Verdict.OUT_OF_MEMORY):
                raise
            # A loop over a million tensors may run out of memory before it runs out of time.
            detail = unsatisfied.finding.rule
            raise Unsatisfied(
                unsatisfied.verdict, msgspec.structs.replace(finding, detail=detail)
            ) from None
        if detail is not None:
            raise Unsatisfied(Verdict.TIMED_OUT, msgspec.structs.replace(finding, detail=detail))
        if race.difference(self._comparison) is not None:
            self._judge(race.call)

    def _call(
        self,
        function: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        *,
        has_gradient: bool = False,
    ) -> JudgedCall:
        seed = (self._seed + 1_000_003 * len(self._calls)) % (1 << 62)
        return JudgedCall(
            function,
            args,
            kwargs,
            seed,
            str(self._examination.device),
            seed if has_gradient else None,
        )

    def _judge(self, call: JudgedCall) -> Any:
        if self._is_fresh:
            self._examination.refresh()
        self._examination.require(call.function)
        self._calls.append(call)
        waiting = self._examination.begin(call)
        try:
            expected = self._examination.oracle.expected(self._name, self._calls)
        except SuiteError:
            self._examination.refresh()  # nobody will take the answer that is on its way
            raise
        got = waiting()
        if isinstance(expected, Raised):
            self._expect_raised(call, expected, got)
            return None
        if isinstance(got, Raised):
            raise self._raised(got, call)
        if isinstance(expected.value, torch.nn.Module):
            worker, device = self._examination.worker, str(self._examination.device)
            difference = modules.difference(expected.value, got.value, worker, call.seed, device)
        else:
            difference = _difference(expected, got, self._comparison)
        if difference is not None:
            rule = difference.rule
            if call.repeat > 1:
                rule = f"Called a second time with the same input: {rule[0].lower()}{rule[1:]}"
            raise Unsatisfied(
                Verdict.WRONG,
                Finding(
                    rule=rule,
                    detail=difference.detail,
                    call=call.text,
                    expected=describe.answer(expected.value),
                    got=describe.answer(got.value),
                    candidates=self._candidates(got),
                ),
            )
        return got.value

    def _expect_raised(self, call: JudgedCall, expected: Raised, got: Told) -> None:
        kind = expected.kinds[0]
        if not _BREAKDOWNS.isdisjoint(expected.kinds):
            raise SuiteError(f"the reference itself broke: {kind}: {expected.message}")
        if isinstance(got, Raised):
            # Python calls a stub's NotImplementedError a RuntimeError too.
            if kind in got.kinds and "NotImplementedError" not in got.kinds:
                return
            raise self._raised(got, call)
        raise Unsatisfied(
            Verdict.WRONG,
            Finding(
                rule=f"Some inputs have no answer: here it should raise {kind}, but it returned.",
                call=call.text,
                got=describe.answer(got.value),
                candidates=self._candidates(got),
            ),
        )

    def _raised(self, got: Raised, call: JudgedCall) -> Unsatisfied:
        place = self._examination.place
        return findings.of_raised(got, call.text, self._candidates(got), place)

    def _candidates(self, seen: Told) -> tuple[str, ...]:
        return self._examination.diagnose(self._name, self._calls, seen, self._comparison)


def _difference(
    expected: Observation, got: Observation, comparison: Comparison
) -> Difference | None:
    """The first difference in a teacher's order; values come last of all."""
    found = comparison.difference(expected.value, got.value)
    is_about_values = found is not None and bool(found.detail)
    if found is not None and not is_about_values:
        return found
    for ours, theirs in zip(expected.gradients, got.gradients, strict=False):
        if ours is not None and theirs is None:
            return Difference(
                "No gradient flows from the result back to the input: something on the way "
                "leaves the graph.",
            )
    if got.changed and not expected.changed:
        return Difference(
            "The input was changed. Inputs are never changed.", _ordinals(got.changed)
        )
    if found is not None:
        return found
    return _gradient_difference(expected, got, comparison) or _state_difference(
        expected, got, comparison
    )


def _gradient_difference(
    expected: Observation, got: Observation, comparison: Comparison
) -> Difference | None:
    if len(expected.gradients) != len(got.gradients):
        return Difference("Not every gradient came back.")
    for ours, theirs in zip(expected.gradients, got.gradients, strict=True):
        if ours is None:
            continue
        named = Comparison(comparison.tolerance, place="the gradient with respect to the input")
        found = named.difference(ours, theirs)
        if found is not None:
            return found
    return None


def _state_difference(
    expected: Observation, got: Observation, comparison: Comparison
) -> Difference | None:
    named = Comparison(comparison.tolerance, place="the model's state afterwards")
    for key, state in expected.states.items():
        if state:
            found = named.difference(state, got.states.get(key))
            if found is not None:
                return found
    return None


def _ordinals(positions: tuple[int, ...]) -> str:
    return "argument " + ", ".join(str(position + 1) for position in positions)


def expect(
    value: Any, expected: Any, candidates: Callable[[], tuple[str, ...]] = lambda: ()
) -> None:
    """Compare a value with one the author writes, as `agree` does.

    Args:
        value: What came out, as the student's function gave it or computed from that.
        expected: What should have.
        candidates: Asked, if they differ, which misconceptions explain the value.

    Raises:
        Unsatisfied: They differ.
    """
    difference = Comparison().difference(expected, value)
    if difference is not None:
        raise Unsatisfied(
            Verdict.WRONG,
            Finding(
                rule=difference.rule,
                detail=difference.detail,
                expected=describe.answer(expected),
                got=describe.answer(value),
                candidates=candidates(),
            ),
        )
