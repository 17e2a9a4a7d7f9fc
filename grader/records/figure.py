"""Pictures as numbers: what a report draws where people would rather look than read."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["student", "reference", "data", "limit"]


class Curve(msgspec.Struct, frozen=True, kw_only=True, tag="curve"):
    """A line through `(x, y)`; the student's or the reference's."""

    label: str
    role: Role
    x: tuple[float, ...]
    y: tuple[float | None, ...]
    """None where the value is not a finite number: the line is interrupted there."""


class Points(msgspec.Struct, frozen=True, kw_only=True, tag="points"):
    """A scatter of `(x, y)`."""

    label: str
    role: Role
    x: tuple[float, ...]
    y: tuple[float | None, ...]


class Image(msgspec.Struct, frozen=True, kw_only=True, tag="image"):
    """A small grid of numbers in [0, 1] or None (not finite), drawn as shades; first row on top."""

    label: str
    rows: tuple[tuple[float | None, ...], ...]


class Axes(msgspec.Struct, frozen=True, kw_only=True):
    """The names of the two directions, with units."""

    x: str
    y: str


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One picture attached to a test.

    Attributes:
        title: What it shows, a sentence fragment; also its text for a screen reader.
        axes: Names of the axes; None for images.
        marks: What is drawn, first at the back.
        is_public: Whether the student may see it although the test is hidden.
    """

    title: str
    axes: Axes | None
    marks: tuple[Curve | Points | Image, ...]
    is_public: bool = False
