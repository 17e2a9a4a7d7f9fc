from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.report.scale import number_text, short_text, spanning


@given(st.lists(st.floats()))
@example([5e-324])
@example([0.0, 1e-290])
def test_any_numbers_at_all_make_a_scale_with_places_inside_the_picture(
    values: list[float],
) -> None:
    scale = spanning(values, 200.0, 20.0)
    assert scale.low < scale.high
    assert math.isfinite(scale.low)
    assert math.isfinite(scale.high)
    for value in values:
        if math.isfinite(value) and abs(value) < 1e299:
            assert 20 - 1e-6 <= scale(value) <= 200 + 1e-6
    ticks = scale.ticks(5)
    assert 1 <= len(ticks) <= 8
    assert all(20 - 1e-6 <= tick.at <= 200 + 1e-6 for tick in ticks)
    assert len({tick.label for tick in ticks}) == len(ticks)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ((0, 10), ["0", "2", "4", "6", "8", "10"]),
        ((-1, 1), ["−1.0", "−0.5", "0", "0.5", "1.0"]),
        ((0, 3e6), ["0", "10⁶", "2·10⁶", "3·10⁶"]),
        ((0, 1e-6), ["0", "2·10⁻⁷", "4·10⁻⁷", "6·10⁻⁷", "8·10⁻⁷", "10⁻⁶"]),
    ],
)
def test_ticks_stand_at_round_numbers(values: tuple[float, float], labels: list[str]) -> None:
    count = 5 if labels[1] != "10⁶" else 4
    assert [tick.label for tick in spanning(values, 0, 100).ticks(count)] == labels


def test_one_value_alone_is_in_the_middle() -> None:
    assert spanning([7.0], 0, 100)(7.0) == pytest.approx(50)


def test_nothing_to_show_still_has_an_axis() -> None:
    assert [tick.label for tick in spanning([math.nan, math.inf], 0, 100).ticks(2)] == [
        "0",
        "0.5",
        "1.0",
    ]


def test_numbers_in_text_are_short() -> None:
    texts = [short_text(x) for x in (0, 0.5, 1234.6, 99.96, -2.5, 1.28e14, -3e-7)]
    assert texts == ["0", "0.5", "1235", "100", "−2.5", "1.28·10¹⁴", "−3·10⁻⁷"]
    assert number_text(1e-9, 1.0) == "0"
