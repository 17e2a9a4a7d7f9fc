"""`figure`: what a suite author draws with, turned into the numbers a report draws from."""

from __future__ import annotations

import math
from typing import Any, Final

import torch

from grader.records import Axes, Curve, Figure, Image, Points
from grader.records.figure import Role

_MAX_NUMBERS: Final = 400
_MAX_PIXELS: Final = 64


class Sketch:
    """One picture in the making. Values may come from a student: anything not drawable is left out.

    Args:
        title: What it shows.
        x: The horizontal axis, with its unit.
        y: The vertical axis, with its unit.
        is_public: Whether a student may see it although the test is hidden.
    """

    def __init__(self, title: str, x: str, y: str, *, is_public: bool) -> None:
        self._title = title
        self._axes = Axes(x=x, y=y) if x or y else None
        self._is_public = is_public
        self._marks: list[Curve | Points | Image] = []

    def curve(self, label: str, role: Role, xs: Any, ys: Any) -> Sketch:
        """Add a line."""
        x, y = _pair(xs, ys)
        if x:
            self._marks.append(Curve(label=label, role=role, x=x, y=y))
        return self

    def points(self, label: str, role: Role, xs: Any, ys: Any) -> Sketch:
        """Add a scatter."""
        x, y = _pair(xs, ys)
        if x:
            self._marks.append(Points(label=label, role=role, x=x, y=y))
        return self

    def image(self, label: str, values: Any) -> Sketch:
        """Add a small picture of a tensor [H, W], shaded from its least to its largest value."""
        is_grid = isinstance(values, torch.Tensor) and values.dim() == 2  # noqa: PLR2004
        if is_grid and values.numel() and _has_numbers(values):
            small = values.detach().cpu().to(torch.float64)[:_MAX_PIXELS, :_MAX_PIXELS]
            finite = small[torch.isfinite(small)]
            low = float(finite.min()) if finite.numel() else 0.0
            span = (float(finite.max()) - low if finite.numel() else 0.0) or 1.0
            rows = tuple(
                tuple((v - low) / span if math.isfinite(v) else None for v in row)
                for row in small.tolist()
            )
            self._marks.append(Image(label=label, rows=rows))
        return self

    def figure(self) -> Figure | None:
        """The picture as numbers; None if nothing was drawn."""
        if not self._marks:
            return None
        return Figure(
            title=self._title,
            axes=self._axes,
            marks=tuple(self._marks),
            is_public=self._is_public,
        )


def _has_numbers(values: torch.Tensor) -> bool:
    """Whether it can be drawn; torch's device "meta" has no numbers at all."""
    return not values.is_complex() and not values.is_meta


def _pair(xs: Any, ys: Any) -> tuple[tuple[float, ...], tuple[float | None, ...]]:
    x, y = _numbers(xs), _numbers(ys)
    if len(x) != len(y) or any(v is None for v in x):
        return (), ()
    return tuple(v for v in x if v is not None), tuple(y)


def _numbers(values: Any) -> list[float | None]:
    """Up to `_MAX_NUMBERS` numbers, evenly chosen; not finite ones as None."""
    if isinstance(values, torch.Tensor):
        if not _has_numbers(values):
            return []
        flat = values.detach().cpu().reshape(-1).to(torch.float64)
        flat = flat[:: max(1, math.ceil(flat.numel() / _MAX_NUMBERS))]
        numbers: list[float | None] = flat.tolist()
        for index in (~torch.isfinite(flat)).nonzero().flatten().tolist():
            numbers[index] = None
        return numbers
    if not isinstance(values, list | tuple):
        return []
    step = max(1, math.ceil(len(values) / _MAX_NUMBERS))
    chosen = values[::step]
    if any(isinstance(v, bool) or not isinstance(v, int | float) for v in chosen):
        return []
    return [float(v) if abs(v) < 1e300 and math.isfinite(v) else None for v in chosen]  # noqa: PLR2004
