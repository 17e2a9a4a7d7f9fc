from typing import Any

import pytest
import torch

from grader.records import Axes, Curve, Figure, Image, Points
from grader.suite.figures import Sketch


def sketch(**settings: Any) -> Sketch:
    return Sketch("Loss", "step", "loss, minutes²", **({"is_public": False} | settings))


def drawn(figure: Figure | None) -> tuple[Curve | Points | Image, ...]:
    assert figure is not None
    return figure.marks


def test_a_curve_and_a_scatter_are_kept_in_order() -> None:
    picture = sketch(is_public=True)
    picture.curve("yours", "student", [0, 1], torch.tensor([[1.0], [0.5]]))
    picture.points("data", "data", torch.tensor([1, 2]), (3, 4.5))
    figure = picture.figure()
    assert figure is not None
    assert figure.title == "Loss"
    assert figure.axes == Axes(x="step", y="loss, minutes²")
    assert figure.is_public
    assert figure.marks == (
        Curve(label="yours", role="student", x=(0.0, 1.0), y=(1.0, 0.5)),
        Points(label="data", role="data", x=(1.0, 2.0), y=(3.0, 4.5)),
    )


def test_what_is_not_finite_interrupts_the_line() -> None:
    values = [1.0, float("nan"), float("inf"), 10**400, 2.0]
    (curve,) = drawn(sketch().curve("yours", "student", [0, 1, 2, 3, 4], values).figure())
    assert isinstance(curve, Curve)
    assert curve.y == (1.0, None, None, None, 2.0)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        "text",
        [1.0],
        ["a", "b", "c"],
        [True, False, True],
        [[1.0], [2.0], [3.0]],
        torch.ones(4),
        torch.ones(3) * 1j,
        ...,
    ],
    ids=repr,
)
def test_what_a_student_answers_may_be_undrawable_and_is_left_out(answer: Any) -> None:
    assert sketch().curve("yours", "student", [0, 1, 2], answer).figure() is None


def test_places_that_are_no_numbers_draw_nothing() -> None:
    assert sketch().curve("yours", "student", [0.0, float("nan")], [1.0, 2.0]).figure() is None


def test_many_numbers_are_thinned_evenly() -> None:
    xs = torch.arange(100_000)
    (curve,) = drawn(sketch().curve("yours", "student", xs, xs * 2).figure())
    assert isinstance(curve, Curve)
    assert 200 <= len(curve.x) <= 400
    assert curve.y == tuple(2 * x for x in curve.x)


def test_an_image_is_shaded_between_its_extremes() -> None:
    values = torch.tensor([[0.0, 5.0], [10.0, float("nan")]])
    (image,) = drawn(sketch().image("weights", values).figure())
    assert isinstance(image, Image)
    assert image.rows == ((0.0, 0.5), (1.0, None))


@pytest.mark.parametrize(
    "values",
    [None, torch.ones(3), torch.zeros(0, 2), torch.ones(2, 2) * 1j, [[1.0]]],
    ids=repr,
)
def test_what_is_no_grid_of_numbers_draws_no_image(values: Any) -> None:
    assert sketch().image("weights", values).figure() is None


def test_an_even_image_has_one_shade() -> None:
    (image,) = drawn(sketch().image("weights", torch.full((2, 2), 3.0)).figure())
    assert isinstance(image, Image)
    assert image.rows == ((0.0, 0.0), (0.0, 0.0))
