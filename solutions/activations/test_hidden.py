"""The hidden tests for `activations`: fresh numbers, every shape, both gradients and extremes.

Data stays 0.1 away from 0, where ReLU's derivative is a matter of taste, and holds numbers on both
sides of it, so that neither zeros nor the input itself pass for an answer.
"""

import pytest
import torch

from grader.suite import hint, points

SHAPES = {"one_row": (1, 6), "wide": (3, 5), "cube": (2, 3, 4)}
every_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
FLOWS = hint("Did you leave the world of tensors on the way? Then calculus cannot follow you.")
FOLLOWS = hint("Which data type came in, and which goes out? What does `torch.zeros` make?")


def both_sides(rng, *shape, dtype=torch.float32):
    """Random numbers, none within 0.1 of zero, at least one on each side of it."""
    x = torch.randn(shape, generator=rng, dtype=dtype)
    x = torch.where(x < 0, x - 0.1, x + 0.1)
    x.view(-1)[0] = -x.view(-1)[0].abs()
    x.view(-1)[-1] = x.view(-1)[-1].abs()
    return x


@pytest.fixture(scope="module")
def frame():
    """One video frame for everybody: to make it takes longer than to answer."""
    return torch.rand(1080, 1920, generator=torch.Generator().manual_seed(1080)) - 0.5


@pytest.fixture
def draw(student, solution, expect, figure):
    """Draws the student's curve beside the reference on [-6, 6], then compares the two."""

    def draw_and_compare(function, title, **keywords):
        x = torch.linspace(-6, 6, 62)  # an even count: 0 itself is not among them
        answer = getattr(student, function)(x, **keywords)
        reference = getattr(solution, function)(x, **keywords)
        picture = figure(title, x="x", y=f"{function}(x)", public=True)
        picture.curve("reference", "reference", x, reference)
        picture.curve("yours", "student", x, answer)
        expect(answer, reference)

    return draw_and_compare


# relu


@every_shape
@hint("Which numbers stay, and what becomes of the others?")
def test_relu_zeroes_what_is_negative(agree, rng, shape):
    agree("relu", both_sides(rng, *shape))


@FOLLOWS
def test_relu_keeps_float64(agree, rng):
    agree("relu", both_sides(rng, 4, 4, dtype=torch.float64))


@hint("What is infinity times 0?")
def test_relu_of_plus_and_minus_infinity(agree, rng):
    agree("relu", torch.cat([both_sides(rng, 4), torch.tensor([float("inf"), -float("inf")])]))


@hint("Make a new tensor. Whoever handed you `x` may still need it.")
def test_relu_leaves_its_input_as_it_was(agree, rng):
    agree("relu", both_sides(rng, 10, 4).t())


@FLOWS
def test_relu_lets_the_gradient_through(agree, rng):
    agree.gradient("relu", both_sides(rng, 3, 5))


@points(2)
@hint("How often does Python itself touch a number? Tensor operations take them all at once.")
def test_relu_stays_vectorised_on_a_full_frame(agree, rng, frame):
    agree("relu", both_sides(rng, 5, 6))  # a wrong answer is named on a small frame already
    agree.speed("relu", frame)


def test_relu_has_the_right_curve(draw):
    draw("relu", "ReLU: flat on the left, the input itself on the right")


# leaky_relu


@every_shape
@hint("What is `slope` when the caller does not say?")
def test_leaky_relu_lets_a_hundredth_through(agree, rng, shape):
    agree("leaky_relu", both_sides(rng, *shape))


@hint("Where exactly does the slope begin to act, and does it follow the argument?")
def test_leaky_relu_uses_the_slope_it_is_given(agree, rng):
    agree("leaky_relu", torch.cat([both_sides(rng, 8), torch.tensor([0.2, -0.2])]), slope=0.3)


@points(2)
@hint("Sketch both lines for a steep slope. Which of the two lies above on the right of 0?")
def test_leaky_relu_with_a_slope_above_one(agree, rng):
    agree("leaky_relu", torch.cat([both_sides(rng, 8), torch.tensor([0.5])]), 2.5)


@FOLLOWS
def test_leaky_relu_keeps_float64(agree, rng):
    agree("leaky_relu", both_sides(rng, 4, 4, dtype=torch.float64))


@points(2)
@FLOWS
def test_leaky_relu_lets_the_gradient_through(agree, rng):
    agree.gradient("leaky_relu", both_sides(rng, 3, 5), slope=0.05)


def test_leaky_relu_has_the_right_curve(draw):
    draw("leaky_relu", "Leaky ReLU with slope 0.2: never quite flat", slope=0.2)


# sigmoid


@every_shape
@hint("One half is what 0 becomes. On which side of it does each answer have to lie?")
def test_sigmoid_squeezes_into_zero_to_one(agree, rng, shape):
    agree("sigmoid", both_sides(rng, *shape))


@hint("sigmoid(-x) and sigmoid(x) add up to something simple.")
def test_sigmoid_mirrors_itself(agree, expect, rng):
    x = both_sides(rng, 4, 4)
    expect(agree("sigmoid", -x), 1 - agree("sigmoid", x))


@hint("Which exponent does your formula see there, and what is `inf / inf`?")
def test_sigmoid_is_right_far_from_zero(agree):
    agree("sigmoid", torch.tensor([-1000.0, 1000.0]))


@FOLLOWS
def test_sigmoid_keeps_float64(agree, rng):
    agree("sigmoid", both_sides(rng, 5, dtype=torch.float64))


@FLOWS
def test_sigmoid_lets_the_gradient_through(agree, rng):
    agree.gradient("sigmoid", both_sides(rng, 3, 5))


@points(2)
@hint("The answer may look perfect: what is 0 times `inf` on the way back, in either branch?")
def test_sigmoid_has_a_finite_gradient_far_from_zero(agree):
    agree.gradient("sigmoid", torch.tensor([-100.0, -1.0, 1.0, 100.0]))


def test_sigmoid_has_the_right_curve(draw):
    draw("sigmoid", "Sigmoid: from 0 to 1")


# tanh


@every_shape
@hint("Compare your formula with the docstring's at one small number, by hand.")
def test_tanh_squeezes_into_minus_one_to_one(agree, rng, shape):
    agree("tanh", both_sides(rng, *shape))


@hint("What happens to tanh when the sign of its input turns?")
def test_tanh_is_odd(agree, expect, rng):
    x = both_sides(rng, 4, 4)
    expect(agree("tanh", -x), -agree("tanh", x))


@points(2)
@hint("Which exponent does your formula see there, and what is `inf / inf`?")
def test_tanh_is_right_far_from_zero(agree):
    agree("tanh", torch.tensor([-1000.0, 1000.0]))


@FOLLOWS
def test_tanh_keeps_float64(agree, rng):
    agree("tanh", both_sides(rng, 5, dtype=torch.float64))


@FLOWS
def test_tanh_lets_the_gradient_through(agree, rng):
    agree.gradient("tanh", both_sides(rng, 3, 5))


@hint("The answer may look perfect: what is 0 times `inf` on the way back, in either branch?")
def test_tanh_has_a_finite_gradient_far_from_zero(agree):
    agree.gradient("tanh", torch.tensor([-100.0, -1.0, 1.0, 100.0]))


def test_tanh_has_the_right_curve(draw):
    draw("tanh", "Tanh: from -1 to 1, balanced around 0")


# softmax


@pytest.mark.parametrize("dim", [0, -1])
@hint("Along which dimension do the shares add up to 1?")
def test_softmax_of_a_wide_matrix(agree, rng, dim):
    agree("softmax", torch.randn(3, 5, generator=rng), dim)


@pytest.mark.parametrize("dim", [0, 1])
@hint("A square matrix forgives every shape. What you take out of a row must fit onto that row.")
def test_softmax_of_a_square_matrix(agree, rng, dim):
    agree("softmax", torch.randn(4, 4, generator=rng), dim)


@pytest.mark.parametrize("dim", [0, 1, -1])
@hint("With three dimensions, `dim` still names just one of them.")
def test_softmax_of_a_cube(agree, rng, dim):
    agree("softmax", torch.randn(2, 3, 4, generator=rng), dim)


@pytest.mark.parametrize("shape", [(7,), (1, 6)], ids=["vector", "one_row"])
def test_softmax_of_a_single_row(agree, rng, shape):
    agree("softmax", torch.randn(shape, generator=rng), -1)


@pytest.mark.parametrize("shift", [200.0, -200.0])
@hint("You are free to add the same number to a whole row. Which one keeps the exponents small?")
def test_softmax_does_not_notice_a_shift(agree, rng, shift):
    scores = torch.randint(-16, 17, (3, 5), generator=rng) / 8  # exact, even beside the shift
    agree("softmax", scores + shift, -1)


@points(2)
@hint("Rows do not know of each other. Whose maximum did each row lose?")
def test_softmax_far_apart_rows_do_not_disturb_each_other(agree, rng):
    far_apart = torch.tensor([[0.0], [200.0], [200.0], [-200.0]])
    agree("softmax", torch.randn(4, 3, generator=rng) + far_apart, 1)


@hint("One score above all others takes everything. Which exponents does your formula see?")
def test_softmax_of_scores_that_are_far_apart(agree, rng):
    scores = torch.tensor([-300.0, 0.0, 300.0, 299.0])
    agree("softmax", scores[torch.randperm(4, generator=rng)], 0)


@FOLLOWS
def test_softmax_keeps_float64(agree, rng):
    agree("softmax", torch.randn(3, 5, generator=rng, dtype=torch.float64), -1)


@pytest.mark.parametrize("dim", [0, -1])
@FLOWS
def test_softmax_lets_the_gradient_through(agree, rng, dim):
    agree.gradient("softmax", torch.randn(3, 5, generator=rng), dim)


@points(2)
@hint("Is every number on the way finite, or only the last one?")
def test_softmax_has_a_finite_gradient_at_large_scores(agree):
    agree.gradient("softmax", torch.tensor([[99.0, 100.0, 0.0], [-100.0, 100.0, 98.0]]), -1)


def test_softmax_of_two_scores_is_a_sigmoid(student, solution, expect, figure):
    x = torch.linspace(-6, 6, 122)
    scores = torch.stack([x, torch.zeros_like(x)], dim=1)
    answer, reference = student.softmax(scores, 1), solution.softmax(scores, 1)
    picture = figure(
        "Softmax of (x, 0): the first share is a sigmoid", x="x", y="first share", public=True
    )
    picture.curve("reference", "reference", x, reference[:, 0])
    if isinstance(answer, torch.Tensor) and answer.shape == reference.shape:
        picture.curve("yours", "student", x, answer[:, 0])
    expect(answer, reference)


# relu_bend


@pytest.mark.parametrize("sign", [1, -1], ids=["rising", "falling"])
@hint("Write down w·x + b = 0 and solve it for x, sign by sign.")
def test_relu_bend_is_where_the_line_crosses_zero(agree, rng, sign):
    w, b = (torch.rand(2, generator=rng) * 4 + 0.5).tolist()
    agree("relu_bend", sign * w, b)


@hint("Which division keeps what comes after the point?")
def test_relu_bend_of_whole_numbers_is_not_rounded(agree):
    agree("relu_bend", 4, -7)


@hint("What does a line look like whose weight is 0, and what does the docstring ask for then?")
def test_relu_bend_of_a_flat_line_is_a_value_error(agree, rng):
    agree("relu_bend", 0.0, torch.randn((), generator=rng).item())


@hint("Up to which distance is nobody late?")
def test_relu_bend_says_how_far_the_lab_can_promise(student, solution, expect, figure):
    w, b = 5.041, 1.91 - 30.0
    miles = torch.linspace(0, 10, 101)
    answer, reference = student.relu_bend(w, b), solution.relu_bend(w, b)
    picture = figure(
        "Minutes late by distance, and where they begin",
        x="distance, miles",
        y="late, minutes",
        public=True,
    )
    picture.curve("minutes late", "data", miles, solution.relu(w * miles + b))
    picture.points("reference", "reference", [reference], [0.0])
    if isinstance(answer, float):
        picture.points("your bend", "student", [answer], [0.0])
    expect(answer, reference)
