import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import SuiteError
from grader.records import (
    Finding,
    Mistake,
    Outcome,
    TestResult,
    TestSpecification,
    Verdict,
    Visibility,
)
from grader.scoring import score, total

PASSED, WRONG, SKIPPED = Verdict.PASSED, Verdict.WRONG, Verdict.SKIPPED


def spec(name: str, function: str = "relu", weight: float = 1.0) -> TestSpecification:
    return TestSpecification(
        name=name,
        title=name,
        function=function,
        weight=weight,
        hint="look again",
        visibility=Visibility.HINT,
    )


def outcome(name: str, verdict: Verdict = PASSED, *codes: str) -> Outcome:
    failed = verdict not in (PASSED, SKIPPED)
    finding = Finding(rule="no", candidates=codes) if failed else None
    return Outcome(name=name, verdict=verdict, wall_seconds=0.5, seed=7, finding=finding)


def mistake(name: str, title: str = "It is wrong.") -> Mistake:
    """Wordings of one mistake share the letters before the underscore."""
    code = name.partition("_")[0]
    return Mistake(name=name, function="relu", code=code, title=title, hint="Which sign?")


KNOWN = [mistake(name) for name in ("X", "X_two", "Y", "NEG")]


def scored(
    *parts: tuple[TestSpecification, Outcome], mistakes: Sequence[Mistake] = KNOWN, **worth: float
) -> tuple[TestResult, ...]:
    return score([s for s, _ in parts], [o for _, o in parts], worth, mistakes)


def diagnoses(*outcomes: Outcome) -> list[str | None]:
    results = scored(*((spec(each.name), each) for each in outcomes), relu=2)
    return [result.diagnosis for result in results]


def test_a_functions_points_are_shared_by_weight() -> None:
    results = scored(
        (spec("a", weight=1), outcome("a")),
        (spec("b", weight=3), outcome("b", WRONG)),
        (spec("c", "tanh"), outcome("c")),
        relu=2,
        tanh=5,
    )
    assert [r.points for r in results] == [0.5, 0.0, 5.0]
    assert [r.max_points for r in results] == [0.5, 1.5, 5.0]
    assert total(results) == (5.5, 7.0)


@pytest.mark.parametrize("verdict", [v for v in Verdict if v not in (PASSED, SKIPPED)])
def test_only_a_passed_test_earns_points(verdict: Verdict) -> None:
    (result,) = scored((spec("a"), outcome("a", verdict)), relu=2)
    assert (result.points, result.max_points) == (0.0, 2.0)
    assert not result.is_passed


def test_a_skipped_test_is_not_counted_against_anyone() -> None:
    results = scored((spec("a"), outcome("a")), (spec("b"), outcome("b", SKIPPED)), relu=2)
    assert [r.points for r in results] == [1.0, 0.0]
    assert [r.max_points for r in results] == [1.0, 0.0]
    assert total(results) == (1.0, 1.0)


def test_all_that_a_view_shows_is_carried_over() -> None:
    lost = mistake("NEG", "The sign is lost.")
    (result,) = scored((spec("a"), outcome("a", WRONG, "NEG")), mistakes=[lost], relu=2)
    assert result == TestResult(
        name="a",
        title="a",
        function="relu",
        verdict=WRONG,
        points=0.0,
        max_points=2.0,
        visibility=Visibility.HINT,
        wall_seconds=0.5,
        seed=7,
        diagnosis="NEG",
        diagnosis_title="The sign is lost.",
        diagnosis_hint="Which sign?",
        hint="look again",
        finding=Finding(rule="no", candidates=("NEG",)),
    )


def test_of_two_wordings_of_a_mistake_the_first_that_fits_is_told() -> None:
    ways = [mistake("X", "one"), mistake("X_two", "two")]
    results = scored(
        (spec("a"), outcome("a", WRONG, "X", "X_two")),
        (spec("b"), outcome("b", WRONG, "X_two")),
        mistakes=ways,
        relu=2,
    )
    assert [(r.diagnosis, r.diagnosis_title) for r in results] == [("X", "one"), ("X", "two")]


def test_two_wordings_of_a_mistake_have_one_vote() -> None:
    assert diagnoses(outcome("a", WRONG, "X", "X_two", "Y")) == [None]


def test_the_mistake_that_explains_most_failed_tests_is_named() -> None:
    assert diagnoses(outcome("a", WRONG, "X", "Y"), outcome("b", WRONG, "X")) == ["X", "X"]


def test_a_tie_between_mistakes_is_no_diagnosis() -> None:
    assert diagnoses(outcome("a", WRONG, "X", "Y")) == [None]
    assert diagnoses(outcome("a", WRONG, "X", "Y"), outcome("b", WRONG, "X", "Y")) == [None, None]


def test_a_test_that_no_mistake_explains_gets_no_diagnosis() -> None:
    assert diagnoses(outcome("a", WRONG, "X"), outcome("b", WRONG)) == ["X", None]


def test_two_mistakes_in_one_function_are_both_named() -> None:
    assert diagnoses(outcome("a", WRONG, "X"), outcome("b", WRONG, "Y")) == ["X", "Y"]


def test_the_votes_of_one_function_do_not_count_for_another() -> None:
    results = scored(
        (spec("a", "relu"), outcome("a", WRONG, "X", "Y")),
        (spec("b", "tanh"), outcome("b", WRONG, "X")),
        relu=1,
        tanh=1,
    )
    assert [r.diagnosis for r in results] == [None, "X"]


@pytest.mark.parametrize(
    "names", [["a"], ["a", "b", "c"], ["b", "a"], []], ids=["fewer", "more", "order", "none"]
)
def test_points_are_refused_unless_every_test_was_run(names: list[str]) -> None:
    with pytest.raises(SuiteError, match="not the tests that were collected"):
        score([spec("a"), spec("b")], [outcome(name) for name in names], {"relu": 1}, [])


@given(
    st.lists(st.tuples(st.floats(0.1, 9), st.sampled_from(Verdict)), min_size=1, max_size=30),
    st.floats(0, 100),
)
def test_full_marks_are_exactly_the_points_and_nobody_gets_more(
    tests: list[tuple[float, Verdict]], worth: float
) -> None:
    names = [f"t{number}" for number in itertools.islice(itertools.count(), len(tests))]
    specifications = [spec(n, weight=w) for n, (w, _) in zip(names, tests, strict=True)]
    verdicts = [outcome(n, v) for n, (_, v) in zip(names, tests, strict=True)]
    earned, out_of = total(score(specifications, verdicts, {"relu": worth}, []))
    assert 0 <= earned <= out_of + 1e-9
    full = total(score(specifications, [outcome(n) for n in names], {"relu": worth}, []))
    assert full[0] == full[1]
    assert full[0] == pytest.approx(worth, abs=1e-4)
