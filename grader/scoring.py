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
    weights: Counter[str] = Counter()
    for specification in specifications:
        weights[specification.function] += specification.weight  # type: ignore[assignment]
    named = {(m.function, m.code): m for m in reversed(mistakes)}
    diagnoses = _diagnoses(specifications, outcomes)
    results = []
    for specification, outcome in zip(specifications, outcomes, strict=True):
        share = specification.weight / weights[specification.function]
        worth = round(function_points[specification.function] * share, _DIGITS)
        code = diagnoses.get(outcome.name)
        mistake = named.get((specification.function, code)) if code else None
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
                diagnosis=code,
                diagnosis_title=mistake.title if mistake else None,
                diagnosis_hint=mistake.hint if mistake else None,
                hint=specification.hint,
                finding=outcome.finding,
                reason=outcome.reason,
                output=outcome.output,
                figures=outcome.figures,
            )
        )
    return tuple(results)


def total(results: Sequence[TestResult]) -> tuple[float, float]:
    """The points earned and the points to be had."""
    earned = sum(result.points for result in results)
    worth = sum(result.max_points for result in results)
    return round(earned, _DIGITS - 2), round(worth, _DIGITS - 2)


def _diagnoses(
    specifications: Sequence[TestSpecification], outcomes: Sequence[Outcome]
) -> dict[str, str]:
    """One code per failed test, where one explains it; never a guess.

    A test may fit several misconceptions. The one that fits most failed tests of the function
    is taken; where two fit equally many, nothing is said.
    """
    votes: dict[str, Counter[str]] = {}
    failed = [
        (specification.function, outcome)
        for specification, outcome in zip(specifications, outcomes, strict=True)
        if outcome.finding is not None and outcome.finding.candidates
    ]
    for function, outcome in failed:
        if outcome.finding is not None:
            votes.setdefault(function, Counter()).update(outcome.finding.candidates)
    chosen = {}
    for function, outcome in failed:
        candidates = outcome.finding.candidates if outcome.finding is not None else ()
        most = max(votes[function][code] for code in candidates)
        best = [code for code in candidates if votes[function][code] == most]
        if len(best) == 1:
            chosen[outcome.name] = best[0]
    return chosen
