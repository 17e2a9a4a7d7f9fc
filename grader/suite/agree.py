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
from grader.suite import describe, findings, modules, observed
from grader.suite.compare import Comparison, Difference
from grader.suite.examination import Examination
from grader.suite.findings import Unsatisfied
from grader.suite.oracle import LiveOracle
from grader.suite.race import Race
from grader.suite.telling import GENERATOR, JudgedCall, Told
from grader.suite.tolerance import Tolerance
from grader.worker.invoke import Observation
from grader.worker.messages import Raised

_BREAKDOWNS: Final = frozenset(
    {"AttributeError", "ImportError", "MemoryError", "NameError", "NotImplementedError"}
)
"""What no reference raises on purpose: a student who does not raise it too is not wrong."""

_DISTURBED: Final = (
    "The call reseeded torch's global random generator or drew from it. Others draw from it, too."
)


Candidates = Callable[[Told], tuple[str, ...]]
"""Names of the misconceptions that explain an answer; asked only if it is wrong."""


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
        """Call student and reference alike and compare.

        Gives the student's answer; of a module, the tuple of its weights.
        """
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

    def each(self, function: str, /, *questions: tuple[Any, ...]) -> None:
        """The same for several tuples of arguments; for hidden suites.

        A mistake is named only if it explains every answer: a single yes or no fits many mistakes,
        a row of them fits one.
        """
        before = tuple(self._calls)
        asked = [
            (call, *self._ask(call))
            for call in (self._call(function, question, {}) for question in questions)
        ]
        answers = [(call, got) for call, _, got in asked]

        def explain(_: Told) -> tuple[str, ...]:
            return self._examination.diagnose_all(self._name, before, answers, self._comparison)

        for call, expected, got in asked:
            self._compare(call, expected, got, explain)

    def generator(self, function: str, /, *args: Any, **kwargs: Any) -> Any:
        """The call must leave torch's global generator of random numbers where the reference does.

        Inputs must stay as they are, too. Nothing else is compared: for answers that may be drawn
        in more than one right way.
        """
        call = msgspec.structs.replace(self._call(function, args, kwargs), watches_generator=True)
        expected, got = self._ask(call)
        if isinstance(expected, Raised):
            raise SuiteError(f"{self._name}: the reference raises, so no answer comes out of it")
        if isinstance(got, Raised):
            raise self._raised(got, call, self._candidates)
        difference = None
        if isinstance(expected.value, torch.nn.Module):
            got, difference = modules.portrayed(got, self._examination.worker, call)
        difference = difference or observed.change(expected, got)
        ours, theirs = (told.states.get(GENERATOR) for told in (expected, got))
        if difference is None and Comparison().difference(ours, theirs) is not None:
            difference = Difference(_DISTURBED)
        if difference is not None:
            finding = Finding(
                rule=difference.rule,
                detail=difference.detail,
                call=call.text,
                candidates=self._candidates(got),
            )
            raise Unsatisfied(Verdict.WRONG, finding)
        return self._answer(call, got)

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

    def _ask(self, call: JudgedCall) -> tuple[Told, Told]:
        """What the reference does, and what the student does."""
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
        return expected, waiting()

    def _judge(self, call: JudgedCall) -> Any:
        return self._compare(call, *self._ask(call), self._candidates)

    def _compare(
        self,
        call: JudgedCall,
        expected: Told,
        got: Told,
        candidates: Candidates,
    ) -> Any:
        if isinstance(expected, Raised):
            self._expect_raised(call, expected, got, candidates)
            return None
        if isinstance(got, Raised):
            raise self._raised(got, call, candidates)
        came = got.value
        if isinstance(expected.value, torch.nn.Module):
            got, difference = modules.portrayed(got, self._examination.worker, call)
            if difference is None:
                difference = modules.difference(expected.value, got.value)
            difference = difference or observed.change(expected, got)
        else:
            difference = observed.difference(expected, got, self._comparison)
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
                    got=describe.answer(came),
                    candidates=candidates(got),
                ),
            )
        self._examination.notice(expected, got, self._comparison)
        self._examination.again.consider(self._name, call, got, self._comparison)
        return self._answer(call, got)

    def _answer(self, call: JudgedCall, got: Observation) -> Any:
        """The student's answer, for the test to go on with; of a module its weights."""
        call, seen = modules.plain(call, got)
        self._examination.remember(call, seen)
        return seen.value

    def _expect_raised(
        self,
        call: JudgedCall,
        expected: Raised,
        got: Told,
        candidates: Candidates,
    ) -> None:
        kind = expected.kinds[0]
        if not _BREAKDOWNS.isdisjoint(expected.kinds):
            raise SuiteError(f"the reference itself broke: {kind}: {expected.message}")
        if isinstance(got, Raised):
            # Python calls a stub's NotImplementedError a RuntimeError too.
            if kind in got.kinds and "NotImplementedError" not in got.kinds:
                return
            raise self._raised(got, call, candidates)
        raise Unsatisfied(
            Verdict.WRONG,
            Finding(
                rule=f"Some inputs have no answer: here it should raise {kind}, but it returned.",
                call=call.text,
                got=describe.answer(got.value),
                candidates=candidates(got),
            ),
        )

    def _raised(self, got: Raised, call: JudgedCall, candidates: Candidates) -> Unsatisfied:
        return findings.of_raised(got, call.text, candidates(got), self._examination.place)

    def _candidates(self, seen: Told) -> tuple[str, ...]:
        return self._examination.diagnose(self._name, self._calls, seen, self._comparison)
