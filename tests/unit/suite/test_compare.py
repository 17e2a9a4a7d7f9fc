import math
from typing import Any

import pytest
import torch

from grader.suite.compare import Comparison
from grader.suite.tolerance import Tolerance

NAN, INF = float("nan"), float("inf")


def rule(expected: Any, got: Any, **settings: Any) -> str | None:
    found = Comparison(**settings).difference(expected, got)
    return None if found is None else found.rule


def detail(expected: Any, got: Any, **settings: Any) -> str:
    found = Comparison(**settings).difference(expected, got)
    assert found is not None
    return found.detail


@pytest.mark.parametrize(
    "value",
    [
        torch.randn(3, 2, generator=torch.Generator().manual_seed(0)),
        torch.tensor([NAN, INF, -INF, 1.0]),
        torch.zeros(0, 3),
        torch.tensor(2.0),
        torch.tensor([True, False]),
        torch.tensor([1, 2], dtype=torch.uint8),
        torch.tensor([1 + 2j]),
        [1.0, (2, "a", None)],
        {"rows": torch.ones(2), "n": 3},
        torch.float32,
        torch.device("cpu"),
        True,
        None,
        7,
        NAN,
        INF,
    ],
    ids=repr,
)
def test_a_value_agrees_with_itself(value: Any) -> None:
    assert rule(value, value) is None


def test_the_first_difference_is_the_one_a_teacher_would_tell() -> None:
    expected = torch.tensor([[1.0, 2.0]])
    told = [
        rule(expected, [[1.0, 2.0]]),
        rule(expected, torch.tensor([1, 2])),  # shape and dtype are wrong: shape is told
        rule(expected, torch.tensor([[5, 7]])),  # dtype and values are wrong: dtype is told
        rule(expected, torch.tensor([[1.0, 7.0]])),
    ]
    assert told == [
        "The result should be a tensor, but is a list.",
        "The result should have shape [1, 2], but has shape [2].",
        "The result should be float32, but is int64.",
        "The result has the right shape and dtype, but wrong values.",
    ]


def test_the_first_wrong_index_and_the_largest_error_are_told() -> None:
    got = torch.tensor([[1.0, 2.0], [3.5, 14.0]])
    said = detail(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), got)
    assert said == (
        "first wrong at [1, 0] of float32 [2, 2]: expected 3, got 3.5; 2 of 4 wrong; "
        "largest error 10"
    )


def test_broadcasting_never_makes_shapes_equal() -> None:
    assert rule(torch.ones(3, 1), torch.ones(3)) is not None
    assert rule(torch.ones(2, 2), torch.ones(1)) is not None
    assert rule(torch.ones(1), torch.tensor(1.0)) is not None


def test_empty_tensors_of_different_shapes_differ() -> None:
    assert rule(torch.zeros(0, 3), torch.zeros(3, 0)) is not None
    assert rule(torch.zeros(0), torch.zeros(0, dtype=torch.int64)) is not None


@pytest.mark.parametrize("wrong", [NAN, INF, -INF])
def test_a_number_that_is_not_finite_where_one_is_right_is_named(wrong: float) -> None:
    said = rule(torch.tensor([1.0, 2.0]), torch.tensor([1.0, wrong]))
    assert said == "The result holds NaN or infinity where a finite number is right."


def test_nan_is_right_only_where_nan_is_asked() -> None:
    assert rule(torch.tensor([NAN, 1.0]), torch.tensor([0.0, 1.0])) is not None
    assert rule(torch.tensor([INF]), torch.tensor([-INF])) is not None
    assert rule(NAN, 0.0) is not None
    assert rule(0.0, NAN) is not None
    assert rule(INF, -INF) is not None


def test_tolerance_follows_the_dtype() -> None:
    close = 1.0 + 5e-5
    assert rule(torch.tensor(1.0), torch.tensor(close)) is None
    f64 = torch.tensor(1.0, dtype=torch.float64)
    assert rule(f64, torch.tensor(close, dtype=torch.float64)) is not None
    half = torch.tensor([1.0], dtype=torch.float16)
    assert rule(half, half + 0.005) is None


def test_a_tolerance_of_the_authors_holds_for_tensors_and_numbers() -> None:
    wide = Tolerance(0.0, 0.5)
    assert rule(torch.tensor(1.0), torch.tensor(1.4), tolerance=wide) is None
    assert rule([1.0], [1.4], tolerance=wide) is None
    assert rule(1.0, 1.6, tolerance=wide) is not None


def test_integers_and_booleans_have_no_tolerance() -> None:
    big = 1 << 60
    assert rule(torch.tensor([big]), torch.tensor([big + 1])) is not None
    assert rule(torch.tensor([True]), torch.tensor([False])) is not None
    assert rule(big, big + 1) is not None


def test_booleans_integers_and_floats_are_told_apart() -> None:
    assert rule(1, True) == "The result should be an int, but is a bool."
    assert rule(True, 1) == "The result should be a bool, but is an int."
    assert rule(1, 1.0) == "The result should be an int, but is a float."
    assert rule(1.0, True) == "The result should be a float, but is a bool."
    assert rule(1.0, torch.tensor(1.0)) == "The result should be a float, but is a tensor."


def test_an_int_will_do_where_an_equal_float_is_asked() -> None:
    assert rule(2.0, 2) is None
    assert rule(2.0, 3) is not None


def test_an_int_beyond_every_float_is_wrong_and_no_crash() -> None:
    assert detail(2.0, 1 << 4000) == "got a huge int"
    assert rule(2.0, -(1 << 4000), by_value=True) is not None
    assert rule(2, 1 << 4000) is not None
    assert rule(torch.tensor(2.0), 1 << 4000, by_value=True) is not None


def test_by_value_a_number_and_a_bare_tensor_are_the_same() -> None:
    assert rule(1.5, torch.tensor(1.5), by_value=True) is None
    assert rule(torch.tensor(1.5), 1.5, by_value=True) is None
    assert rule((1.5, 2.0), [torch.tensor(1.5), 2], by_value=True) is None
    assert rule(1.5, torch.tensor([1.5]), by_value=True) is not None
    assert rule(1.5, torch.tensor(1.25), by_value=True) is not None


@pytest.mark.parametrize(
    "got", [torch.tensor(1.5 + 0j), torch.tensor(True), None, "1.5", True], ids=repr
)
def test_by_value_still_asks_for_a_real_number(got: Any) -> None:
    assert rule(1.5, got, by_value=True) is not None


def test_lists_and_tuples_stand_for_each_other() -> None:
    assert rule((1, 2), [1, 2]) is None
    assert rule([1, 2], (1, 2)) is None
    assert rule((1, 2), {1: 2}) == "The result should be a tuple, but is a dict."


def test_items_are_named_by_their_place() -> None:
    assert rule([1, [2, 3]], [1, [2, 4]]) == "Item 1 of item 1 of the result is wrong."
    assert rule([1, 2], [1]) == "The result should have 2 items, but has 1."


def test_a_dict_may_lack_nothing_and_add_nothing() -> None:
    assert rule({"a": 1, "b": 2}, {"a": 1}) == "The result lacks the key b."
    assert rule({"a": 1}, {"a": 1, "c": 3}) == "The result has keys that were not asked for."
    assert rule({"a": 1}, {"a": 2}) == "'a' of the result is wrong."
    assert rule({"a": 1, "b": 2}, {"b": 2, "a": 1}) is None


def test_a_dtype_is_not_its_name() -> None:
    assert rule(torch.float32, "torch.float32") is not None
    assert rule(torch.float32, torch.float64) is not None


def test_complex_numbers_are_compared() -> None:
    assert rule(torch.tensor([1 + 2j]), torch.tensor([1 + 2.5j])) is not None


def test_what_nobody_can_compare_is_the_suites_mistake() -> None:
    with pytest.raises(TypeError, match="cannot compare values of type object"):
        Comparison().difference(object(), 1)


def test_a_rule_never_holds_a_number_of_the_answer() -> None:
    secret = 1234.5
    for expected, got in (
        (torch.tensor([secret]), torch.tensor([1.0])),
        (secret, 1.0),
        ([secret], [1.0]),
        (str(secret), "x"),
    ):
        told = rule(expected, got)
        assert told is not None
        assert "1234" not in told


def test_a_float_close_to_zero_is_measured_absolutely() -> None:
    assert rule(0.0, 5e-7) is None
    assert rule(0.0, 1e-3) is not None
    assert math.isclose(1.0, 1.00005, rel_tol=1e-4)
    assert rule(1.0, 1.00005) is None
