"""Points of points, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.records import Result, Status


class Score(msgspec.Struct, frozen=True):
    """Points of points. `points` is None where nothing was judged."""

    points: float | None
    max_points: float

    @property
    def percent(self) -> float:
        """The share earned, 0 to 100."""
        if not self.points or self.max_points <= 0:
            return 0.0
        return min(max(100 * self.points / self.max_points, 0.0), 100.0)

    @property
    def is_full(self) -> bool:
        """Whether every point was earned."""
        return self.points is not None and self.points >= self.max_points - 1e-9


def total(results: Sequence[Result]) -> Score:
    """The sum over exercises; no points at all if one of them could not be graded."""
    is_gradable = all(each.status is Status.GRADED for each in results)
    points = sum(each.points or 0.0 for each in results) if is_gradable else None
    return Score(points, sum(each.max_points for each in results))
