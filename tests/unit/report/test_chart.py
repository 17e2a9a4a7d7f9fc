from __future__ import annotations

import base64
import math
import re
import zlib
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st

from grader.records import Axes, Curve, Figure, Image, Points
from grader.records.figure import Role
from grader.report.chart import draw

AXES = Axes(x="x", y="y")


def _curve(y: tuple[float | None, ...], role: Role = "student") -> Curve:
    return Curve(label="yours", role=role, x=tuple(float(i) for i in range(len(y))), y=y)


def _figure(*marks: Curve | Points | Image) -> Figure:
    return Figure(title="a line", axes=AXES, marks=marks)


def test_a_value_that_is_not_finite_interrupts_the_line() -> None:
    drawing = draw(_figure(_curve((1.0, 2.0, None, 3.0, math.nan, 4.0, 5.0))))
    (shape,) = drawing.shapes
    assert shape.path.count("M") == 3
    assert "h0" in shape.path  # the lonely 3.0 is a dot
    assert drawing.notes == ("yours: 2 values are not finite numbers, and not drawn.",)


def test_points_are_dots_and_each_role_keeps_its_name(sample: ModuleType) -> None:
    drawing = draw(sample.line_figure(2.0, 5.0))
    assert [(s.kind, s.role) for s in drawing.shapes] == [
        ("dots", "data"),
        ("line", "reference"),
        ("line", "student"),
        ("line", "limit"),
    ]
    assert drawing.shapes[0].path.count("M") == 5
    assert [key.label for key in drawing.legend][2] == "your line"


def test_a_loss_that_explodes_is_cut_where_the_reference_is_readable(sample: ModuleType) -> None:
    drawing = draw(sample.loss_figure(diverges=True))
    assert drawing.notes == ("The line leaves the picture: its values run from 2.07 to 1.28·10¹⁴.",)
    assert [tick.label for tick in drawing.y_ticks] == ["0", "200", "400"]
    assert draw(sample.loss_figure(diverges=False)).notes == ()


def test_the_description_says_what_a_sighted_reader_sees() -> None:
    drawing = draw(_figure(_curve((1.0, -2.5, None))))
    assert drawing.description == "yours: 3 points, values from −2.5 to 1"
    empty = draw(_figure(_curve((None, math.inf))))
    assert empty.description == "yours: 2 points, none with a finite value"


def test_a_very_long_line_keeps_its_extremes_in_few_points() -> None:
    ys = tuple(1000.0 if i == 54_321 else math.sin(i / 500) for i in range(100_000))
    drawing = draw(_figure(_curve(ys)))
    (shape,) = drawing.shapes
    assert shape.path.count("L") < 1500
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ (-?[\d.]+)", shape.path)]
    assert min(heights) < 40
    assert "to 1000" in drawing.description


@given(
    st.lists(st.tuples(st.floats(), st.none() | st.floats()), max_size=30),
    st.sampled_from(["student", "reference", "data", "limit"]),
    st.booleans(),
)
def test_any_numbers_make_paths_that_svg_can_read(
    pairs: list[tuple[float, float | None]], role: Role, is_curve: bool
) -> None:
    xs, ys = tuple(x for x, _ in pairs), tuple(y for _, y in pairs)
    mark = (Curve if is_curve else Points)(label="m", role=role, x=xs, y=ys)
    drawing = draw(_figure(mark, _curve((0.0, 1.0), "reference")))
    for shape in drawing.shapes:
        assert re.fullmatch(r"(M-?[\d.]+ -?[\d.]+(L-?[\d.]+ -?[\d.]+)*(h0)?)*", shape.path)


def _pixels(href: str) -> bytes:
    png = base64.b64decode(href.removeprefix("data:image/png;base64,"))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    start = png.index(b"IDAT") + 4
    return zlib.decompress(png[start : png.index(b"IEND") - 8])


def test_an_image_is_a_png_with_holes_where_nothing_is_finite() -> None:
    image = Image(label="yours", rows=((0.0, 1.0), (0.5, None), (2.0, math.nan)))
    drawing = draw(Figure(title="an image", axes=None, marks=(image,)))
    (tile,) = drawing.tiles
    assert _pixels(tile.href) == (b"\0\x00\xff\xff\xff\0\x80\xff\x00\x00\0\xff\xff\x00\x00")
    assert tile.height / tile.width == 1.5
    assert drawing.notes == ("2 cells not finite, hatched.",)


def test_images_stand_side_by_side_and_an_empty_one_does_no_harm() -> None:
    full = Image(label="asked", rows=((0.0, 1.0),))
    empty = Image(label="yours", rows=())
    one, two = draw(Figure(title="t", axes=None, marks=(full, empty))).tiles
    assert one.x == 0
    assert two.x > one.width
    ragged = Image(label="ragged", rows=((0.0, 1.0), (0.0,)))
    (tile,) = draw(Figure(title="t", axes=None, marks=(ragged,))).tiles
    assert _pixels(tile.href)[-2:] == b"\0\0"
