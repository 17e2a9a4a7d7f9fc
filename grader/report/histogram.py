"""How the totals of a class are spread: ten bars, with every number worked out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.report.scale import Scale, Tick
from grader.report.text import count_text

_BARS = 10
_LEFT, _TOP, _RIGHT, _BOTTOM = 14, 30, 466, 190
_GAP = 3.0


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar: its rectangle, how many students it counts, and from where to where in percent."""

    x: float
    y: float
    width: float
    height: float
    count: int
    label: str

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.x + self.width / 2


class Histogram(msgspec.Struct, frozen=True, kw_only=True):
    """The bars with their axes."""

    bars: tuple[Bar, ...]
    x_ticks: tuple[Tick, ...]
    box: tuple[int, int, int, int] = (_LEFT, _TOP, _RIGHT, _BOTTOM)
    width: int = 480
    height: int = 228
    description: str = ""


def histogram(percents: Sequence[float]) -> Histogram:
    """Count totals by tens of percent; full marks belong to the last bar.

    Args:
        percents: Each student's share of all points, 0 to 100.
    """
    counts = [0] * _BARS
    for percent in percents:
        counts[min(max(int(percent * _BARS / 100 + 1e-9), 0), _BARS - 1)] += 1
    x_scale = Scale(0, _BARS, _LEFT, _RIGHT)
    y_scale = Scale(0, max(*counts, 1), _BOTTOM, _TOP)
    bars = tuple(
        Bar(
            x=x_scale(index) + _GAP / 2,
            y=y_scale(count),
            width=x_scale(1) - x_scale(0) - _GAP,
            height=_BOTTOM - y_scale(count),
            count=count,
            label=f"{10 * index} to {10 * index + 10} percent: {count_text(count, 'student')}",
        )
        for index, count in enumerate(counts)
    )
    return Histogram(
        bars=bars,
        x_ticks=tuple(Tick(x_scale(index), f"{10 * index}") for index in range(_BARS + 1)),
        description=". ".join(bar.label for bar in bars if bar.count) or "No totals yet",
    )
