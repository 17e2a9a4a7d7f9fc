"""A `Figure` as a drawing: where each line, dot and label goes, ready for the SVG template.

The template holds the look and this module the geometry. Colours are the page's own custom
properties, so that a picture follows light and dark; every role also has a shape of its own
(solid, dashed, dotted, dots), so that nothing is told by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from grader.records import Curve, Figure, Image, Points
from grader.report.picture import data_uri
from grader.report.scale import Scale, Tick, bounded, short_text, spanning
from grader.report.text import count_text

WIDTH = 400
HEIGHT = 250
_LEFT, _TOP, _RIGHT, _BOTTOM = 52, 26, 392, 206
_MOST_POINTS = 1200
"""More points than this along a line cannot be told apart; each column keeps its extremes."""
_FAR = 8.0
"""How many times the height of what it should be a student's line may be before it is cut."""
_IMAGE_SIDE = 168
_IMAGE_GAP = 16

Pair = tuple[float, float | None]


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """One path of a drawing; `kind` is "line" or "dots"."""

    kind: str
    role: str
    path: str


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """One small image of a drawing."""

    x: float
    y: float
    width: float
    height: float
    href: str
    label: str


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the legend."""

    kind: str
    role: str
    label: str


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A picture with every number worked out.

    Attributes:
        title: What it shows.
        description: The same for somebody who cannot see it, with ranges.
        x_label: Name of the horizontal axis; empty for images.
        y_label: Name of the vertical axis; empty for images.
        notes: What a reader must know to read it: interrupted lines, values cut off.
    """

    title: str
    description: str
    x_label: str = ""
    y_label: str = ""
    width: int = WIDTH
    height: int = HEIGHT
    box: tuple[int, int, int, int] = (_LEFT, _TOP, _RIGHT, _BOTTOM)
    x_ticks: tuple[Tick, ...] = ()
    y_ticks: tuple[Tick, ...] = ()
    shapes: tuple[Shape, ...] = ()
    tiles: tuple[Tile, ...] = ()
    legend: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=64)  # the student's page and the TA's draw the same figures
def draw(figure: Figure) -> Drawing:
    """Work a figure out."""
    images = [mark for mark in figure.marks if isinstance(mark, Image)]
    if images:
        return _draw_images(figure, images)
    return _draw_axes(figure, [mark for mark in figure.marks if not isinstance(mark, Image)])


def _draw_axes(figure: Figure, marks: Sequence[Curve | Points]) -> Drawing:
    drawn = [(mark, _pairs(mark)) for mark in marks]
    x_scale = spanning((x for _, pairs in drawn for x, _ in pairs), _LEFT, _RIGHT)
    y_scale, cut = _y_scale(drawn)
    shapes = tuple(
        Shape(kind=_kind(mark), role=mark.role, path=_path(mark, pairs, x_scale, y_scale))
        for mark, pairs in drawn
    )
    notes = [cut] if cut else []
    for mark, pairs in drawn:
        gaps = sum(y is None for _, y in pairs)
        if gaps:
            verb = "is not a finite number" if gaps == 1 else "are not finite numbers"
            notes.append(f"{mark.label}: {count_text(gaps, 'value')} {verb}, and not drawn.")
    return Drawing(
        title=figure.title,
        description=". ".join(_description(mark, pairs) for mark, pairs in drawn),
        x_label=figure.axes.x if figure.axes else "",
        y_label=figure.axes.y if figure.axes else "",
        x_ticks=x_scale.ticks(6),
        y_ticks=y_scale.ticks(4),
        shapes=shapes,
        legend=tuple(Key(kind=_kind(mark), role=mark.role, label=mark.label) for mark, _ in drawn),
        notes=tuple(notes),
    )


def _kind(mark: Curve | Points) -> str:
    return "line" if isinstance(mark, Curve) else "dots"


def _pairs(mark: Curve | Points) -> list[Pair]:
    """The mark's points; y is None where there is nothing to draw."""
    return [
        (bounded(x), bounded(y) if y is not None and math.isfinite(y) else None)
        for x, y in zip(mark.x, mark.y, strict=False)
        if math.isfinite(x)
    ]


def _y_scale(drawn: Sequence[tuple[Curve | Points, list[Pair]]]) -> tuple[Scale, str | None]:
    """The vertical scale, and a note if it leaves part of the student's line out.

    A loss that explodes would press everything it should be compared with into one flat line.
    """
    everything = [y for _, pairs in drawn for _, y in pairs if y is not None]
    asked = [
        y for mark, pairs in drawn if mark.role != "student" for _, y in pairs if y is not None
    ]
    full = spanning(everything, _BOTTOM, _TOP)
    if len(set(asked)) < 2 or len(asked) == len(everything):  # noqa: PLR2004 - no height to compare with
        return full, None
    wanted = spanning(asked, _BOTTOM, _TOP, margin=0.25)
    if full.high - full.low <= _FAR * (wanted.high - wanted.low):
        return full, None
    low, high = min(everything), max(everything)
    extent = f"from {short_text(low)} to {short_text(high)}"
    return wanted, f"The line leaves the picture: its values run {extent}."


def _path(mark: Curve | Points, pairs: list[Pair], x_scale: Scale, y_scale: Scale) -> str:
    if isinstance(mark, Points):
        # A line of no length with round ends is a dot, and the shortest way to say so.
        return "".join(
            f"M{x_scale(x):.1f} {y_scale(y):.1f}h0"
            for x, y in _thinned(pairs)
            if y is not None and y_scale.low <= y <= y_scale.high
        )
    path: list[str] = []
    run: list[str] = []
    # Far outside the picture a place is cut off: an SVG has no use for 10³⁰⁰.
    lowest, highest = _TOP - 2 * HEIGHT, _BOTTOM + 2 * HEIGHT
    for x, y in (*_thinned(pairs), (0.0, None)):
        if y is not None:
            place = min(max(y_scale(y), lowest), highest)
            run.append(f"{x_scale(x):.1f} {place:.1f}")
        elif run:
            path.append("M" + ("L".join(run) if len(run) > 1 else run[0] + "h0"))
            run = []
    return "".join(path)


def _thinned(pairs: list[Pair]) -> list[Pair]:
    if len(pairs) <= _MOST_POINTS:
        return pairs
    size = math.ceil(len(pairs) / (_MOST_POINTS // 2))
    kept: list[Pair] = []
    for start in range(0, len(pairs), size):
        column = pairs[start : start + size]
        drawn = [(y, index) for index, (_, y) in enumerate(column) if y is not None]
        if drawn:
            kept += (column[index] for index in sorted({min(drawn)[1], max(drawn)[1]}))
        else:
            kept.append(column[0])
    return kept


def _description(mark: Curve | Points, pairs: list[Pair]) -> str:
    ys = [y for _, y in pairs if y is not None]
    what = count_text(len(pairs), "point")
    if not ys:
        return f"{mark.label}: {what}, none with a finite value"
    return f"{mark.label}: {what}, values from {short_text(min(ys))} to {short_text(max(ys))}"


def _draw_images(figure: Figure, images: Sequence[Image]) -> Drawing:
    """Images side by side, on one scale of shades; wide ones are low, high ones narrow."""
    tiles: list[Tile] = []
    left = 0.0
    for image in images:
        rows, columns = len(image.rows), max((len(row) for row in image.rows), default=0)
        longest = max(rows, columns, 1)
        width, height = _IMAGE_SIDE * columns / longest, _IMAGE_SIDE * rows / longest
        uri = data_uri(image.rows)
        tiles.append(Tile(x=left, y=0, width=width, height=height, href=uri, label=image.label))
        left += max(width, _IMAGE_SIDE / 2) + _IMAGE_GAP
    gaps = sum(not _is_drawn(each) for image in images for row in image.rows for each in row)
    return Drawing(
        title=figure.title,
        description=". ".join(_image_description(image) for image in images),
        width=math.ceil(max(left - _IMAGE_GAP, 1)),
        height=math.ceil(max((tile.height for tile in tiles), default=0) + 20),
        tiles=tuple(tiles),
        notes=(f"{count_text(gaps, 'cell')} not finite, hatched.",) if gaps else (),
    )


def _image_description(image: Image) -> str:
    values = list(_finite(image.rows))
    size = f"{len(image.rows)} rows of {max((len(row) for row in image.rows), default=0)}"
    if not values:
        return f"{image.label}: {size}, nothing finite"
    return f"{image.label}: {size}, shades from {min(values):.3g} to {max(values):.3g}"


def _finite(rows: Iterable[Iterable[float | None]]) -> Iterable[float]:
    return (value for row in rows for value in row if value is not None and math.isfinite(value))


def _is_drawn(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
