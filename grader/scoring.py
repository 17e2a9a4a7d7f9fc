"""Outcomes to points: pure arithmetic, the same for every view.

A function's points are shared among its tests by weight. A test that this machine cannot run
(`SKIPPED`) is not counted against anyone: its share is left out of the points to be had.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from grader.errors import SuiteError
from grader.records import Mistake, Outcome, TestResult, TestSpecification, Verdict

_DIGITS = 6


def score(
    specifications: Sequence[TestSpecification],
    outcomes: Sequence[Outcome],
    function_points: Mapping[str, float],
    mistakes: Sequence[Mistake],
) -> tuple[TestResult, ...]:
    """Points and diagnoses for every test.

    Args:
        specifications: The suite's tests, in order.
        outcomes: One outcome per test, in the same order.
        function_points: What each function is worth.
        mistakes: What is said of each misconception.

    Raises:
        SuiteError: Outcomes and tests do not match: not every test was run.
    """
    if [s.name for s in specifications] != [o.name for o in outcomes]:
        raise SuiteError("the tests that ran are not the tests that were collected")
    worths = worths_of(specifications, function_points)
    diagnoses = _diagnoses(specifications, outcomes, {m.name: m for m in mistakes})
    results = []
    for specification, outcome in zip(specifications, outcomes, strict=True):
        worth = worths[specification.name]
        mistake = diagnoses.get(outcome.name)
        results.append(
            TestResult(
                name=outcome.name,
                title=specification.title,
                function=specification.function,
                verdict=outcome.verdict,
                points=worth if outcome.verdict is Verdict.PASSED else 0.0,
                max_points=0.0 if outcome.verdict is Verdict.SKIPPED else worth,
                visibility=specification.visibility,
                wall_seconds=outcome.wall_seconds,
                seed=outcome.seed,
                diagnosis=mistake.code if mistake else None,
                diagnosis_title=mistake.title if mistake else None,
                diagnosis_hint=mistake.hint if mistake else None,
                hint=specification.hint,
                finding=outcome.finding,
                reason=outcome.reason,
                output=outcome.output,
                figures=outcome.figures,
                elsewhere=outcome.elsewhere,
            )
        )
    return tuple(results)


def worths_of(
    specifications: Sequence[TestSpecification], function_points: Mapping[str, float]
) -> dict[str, float]:
    """What each test is worth, whether or not it could be run."""
    weights: Counter[str] = Counter()
    for specification in specifications:
        weights[specification.function] += specification.weight  # type: ignore[assignment]
    return {
        each.name: round(
            function_points[each.function] * each.weight / weights[each.function], _DIGITS
        )
        for each in specifications
    }


def total(results: Sequence[TestResult]) -> tuple[float, float]:
    """The points earned and the points to be had."""
    earned = sum(result.points for result in results)
    worth = sum(result.max_points for result in results)
    return round(earned, _DIGITS - 2), round(worth, _DIGITS - 2)


def _diagnoses(
    specifications: Sequence[TestSpecification],
    outcomes: Sequence[Outcome],
    named: Mapping[str, Mistake],
) -> dict[str, Mistake]:
    """One mistake per failed test, where one explains it; never a guess.

    A test may fit several misconceptions. The code that fits most failed tests of the function
    is taken; where two fit equally many, nothing is said. Of several wordings of that code the
    first that fits this test is told.
    """
    fitting = {
        outcome.name: (specification.function, [named[name] for name in outcome.finding.candidates])
        for specification, outcome in zip(specifications, outcomes, strict=True)
        if outcome.finding is not None and outcome.finding.candidates
    }
    votes: dict[str, Counter[str]] = {}
    for function, mistakes in fitting.values():
        votes.setdefault(function, Counter()).update({mistake.code for mistake in mistakes})
    chosen = {}
    for test, (function, mistakes) in fitting.items():
        codes = list(dict.fromkeys(mistake.code for mistake in mistakes))
        most = max(votes[function][code] for code in codes)
        best = [code for code in codes if votes[function][code] == most]
        if len(best) == 1:
            chosen[test] = next(mistake for mistake in mistakes if mistake.code == best[0])
    return chosen
