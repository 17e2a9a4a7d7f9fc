"""The hidden suite of `learning`: one test for each pitfall, named for it.

The delivery tables are on the lecture's slides, so pictures of them are public; what keeps answers
from being copied off the slides is the random data next to them.
"""

from typing import NamedTuple

import pytest
import torch

from grader.suite import hint, points


class Table(NamedTuple):
    """One delivery table, and how to learn its line in few epochs."""

    miles: torch.Tensor
    minutes: torch.Tensor
    settings: dict[str, float]
    best: tuple[float, float]
    """Weight and bias of the least-squares line."""


TABLES = {
    "lecture": Table(
        miles=torch.tensor([[2.0], [3.0], [4.0], [5.0], [6.0]]),
        minutes=torch.tensor([[11.9], [15.3], [18.8], [22.2], [25.6]]),
        # From zero it takes a thousand epochs: the error is a long valley. This start lies across.
        settings={"lr": 0.04, "epochs": 30, "w0": 2.4, "b0": 4.8},
        best=(3.43, 5.04),
    ),
    "lab": Table(
        miles=torch.tensor([[1.0], [2.0], [3.0], [4.0]]),
        minutes=torch.tensor([[6.96], [12.11], [16.77], [22.21]]),
        settings={"lr": 0.1, "epochs": 30, "w0": 4.1, "b0": 1.6},
        best=(5.041, 1.91),
    ),
}


@pytest.fixture(params=TABLES)
def table(request):
    """Each of the two delivery tables: the same code must decide differently on them."""
    return TABLES[request.param]


@pytest.fixture
def by_value(agree):
    """`agree` for a trained neuron: floats or 0-d tensors, as the student likes."""
    return agree.using(by_value=True)


def column(count, rng, low=1.0, high=9.0):
    """f32[count, 1] between `low` and `high`, different for every submission."""
    return torch.rand(count, 1, generator=rng) * (high - low) + low


def parameters(count, rng, low=0.5, high=2.0):
    """`count` 0-d tensors between `low` and `high`, different for every submission."""
    return column(count, rng, low, high).squeeze(1).unbind()


def is_number(part):
    """Whether a part of an answer is a number that can be drawn."""
    if isinstance(part, torch.Tensor):
        return part.dim() == 0 and part.is_floating_point()
    return isinstance(part, float)


def draw(figure, table, answer):
    """The deliveries with the student's line up to the new order, and the loss curve."""
    w, b, losses = answer if isinstance(answer, (tuple, list)) and len(answer) == 3 else [None] * 3
    road = torch.tensor([0.0, 7.0])
    picture = figure(
        "Deliveries, your line, and the new order at 7 miles",
        x="Distance, miles",
        y="Time, minutes",
        public=True,
    )
    picture.points("deliveries", "data", table.miles, table.minutes)
    picture.curve("the promise", "limit", road, torch.full_like(road, 30.0))
    best_w, best_b = table.best
    picture.curve("least squares", "reference", road, best_w * road + best_b)
    if is_number(w) and is_number(b):
        picture.curve("your neuron", "student", road, float(w) * road + float(b))
    if isinstance(losses, list) and losses and all(map(is_number, losses)):
        curve = figure("Loss, epoch by epoch", x="Epoch", y="Loss, minutes²", public=True)
        curve.curve("your losses", "student", list(range(len(losses))), list(map(float, losses)))


# mse -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 7])
@hint("Square first, then average over the examples. Is the result still a tensor?")
def test_mse_is_the_mean_of_the_squares(agree, rng, count):
    agree("mse", column(count, rng), column(count, rng, 20.0, 40.0))


@hint("Which number type do the inputs have, and which has your answer?")
def test_mse_keeps_the_type_of_its_inputs(agree, rng):
    agree("mse", column(5, rng).double(), column(5, rng).double())


@pytest.mark.parametrize("reshape", ["squeeze", "t"], ids=["flat", "row"])
@hint("What shape has a column minus something that is not a column? Would you notice?")
def test_mse_targets_of_another_shape_are_refused(agree, student, rng, reshape):
    prediction, target = column(4, rng), column(4, rng)
    student.mse(prediction, target)  # who refuses everything earns nothing
    agree("mse", prediction, getattr(target, reshape)())
    agree("mse", getattr(prediction, reshape)(), target)


@points(2)
@hint("A gradient finds its way back only through tensors. Where does yours stop being one?")
def test_mse_gradient_finds_its_way_back(agree, rng):
    agree.gradient("mse", column(5, rng), column(5, rng))


# mse_grads -------------------------------------------------------------------------------------


@hint("Too low a prediction: should the weight grow or shrink, and what sign has the slope then?")
def test_mse_grads_of_the_lessons_tables_from_zero(agree, table):
    agree("mse_grads", table.miles, table.minutes, torch.tensor(0.0), torch.tensor(0.0))


@points(2)
@pytest.mark.parametrize("count", [2, 9])
@hint("Every delivery has a say. Does the slope depend on how many there are?")
def test_mse_grads_at_any_weight_and_bias(agree, rng, count):
    agree("mse_grads", column(count, rng), column(count, rng, 30.0, 60.0), *parameters(2, rng))


@hint("With a single delivery the mean is that delivery's own.")
def test_mse_grads_of_a_single_delivery(agree, rng):
    agree("mse_grads", column(1, rng), column(1, rng, 30.0, 60.0), *parameters(2, rng))


@hint("Move one parameter a little, look how the error moves: does your formula say the same?")
def test_mse_grads_is_the_slope_one_measures(agree, expect, rng, device):
    x, y, (w, b) = column(6, rng), column(6, rng, 40.0, 60.0), parameters(2, rng)

    def error(dw, db):
        return (((w + dw) * x.double() + (b + db) - y) ** 2).mean()

    # The error is a parabola in each parameter, so central differences are exact.
    slopes = (error(0.5, 0.0) - error(-0.5, 0.0), error(0.0, 0.5) - error(0.0, -0.5))
    answer = agree("mse_grads", x, y, w, b)
    expect(answer, tuple(s.float().to(device) for s in slopes))


# sgd_step --------------------------------------------------------------------------------------


@hint("The gradient points uphill. Which way is down?")
def test_sgd_step_first_step_on_the_lessons_table(agree):
    start_and_slopes = (torch.tensor(value) for value in (0.0, 0.0, -163.8, -37.52))
    agree("sgd_step", *start_and_slopes, 0.01)


@hint("Each parameter has a slope of its own. Which one moves which?")
def test_sgd_step_each_parameter_follows_its_own_slope(agree, rng):
    (w, b, dw), (db,) = parameters(3, rng), parameters(1, rng, 3.0, 5.0)
    agree("sgd_step", w, b, dw, db, lr=0.25)
    agree("sgd_step", w, b, -dw, db, lr=0.5)


@hint("After the step someone may still need the old weight. Is it still there?")
def test_sgd_step_leaves_the_old_parameters_alone(agree, rng):
    agree.twice("sgd_step", *parameters(4, rng), 0.125)


# autograd_grads --------------------------------------------------------------------------------


@hint("Compare with your own `mse_grads`. Which tensors must require grad before you predict?")
def test_autograd_grads_of_the_lessons_tables_from_zero(agree, table):
    agree("autograd_grads", table.miles, table.minutes, torch.tensor(0.0), torch.tensor(0.0))


@pytest.mark.parametrize("count", [1, 4])
@hint("From the loss back to w and b: is there a path, and is any of it cut?")
def test_autograd_grads_at_any_weight_and_bias(agree, rng, count):
    x, y = column(count, rng), column(count, rng, 30.0, 60.0)
    agree("autograd_grads", x, y, *parameters(2, rng))


@points(2)
@hint("backward() adds to what is there. What is there when the same question comes again?")
def test_autograd_grads_same_question_same_answer(agree, rng):
    agree.twice("autograd_grads", column(3, rng), column(3, rng, 30.0, 60.0), *parameters(2, rng))


# train_neuron ----------------------------------------------------------------------------------


@hint("No epochs, no steps, nothing measured. What do you know then?")
def test_train_neuron_without_epochs_gives_back_the_start(by_value, table, rng):
    w0, b0 = (p.item() for p in parameters(2, rng))
    by_value("train_neuron", table.miles, table.minutes, lr=0.01, epochs=0, w0=w0, b0=b0)


@hint("Work out the first step on paper: each slope, times the learning rate. Do you arrive there?")
def test_train_neuron_one_exact_step(by_value, table):
    by_value("train_neuron", table.miles, table.minutes, lr=0.01, epochs=1)


@points(2)
@hint("The first step is right and the second is not? Then something is left over from the first.")
def test_train_neuron_two_exact_steps(by_value, table):
    by_value("train_neuron", table.miles, table.minutes, lr=0.01, epochs=2)


@pytest.mark.parametrize("count", [1, 3])
@hint("The first loss says how wrong the start was. Where does the start come from?")
def test_train_neuron_first_loss_is_that_of_the_start(by_value, rng, count):
    w0, b0 = (p.item() for p in parameters(2, rng))
    x, y = column(count, rng), column(count, rng, 30.0, 60.0)
    by_value("train_neuron", x, y, lr=0.004, epochs=1, w0=-w0, b0=b0)


@points(2)
@hint("Does the loss fall, and does it flatten out? Compare your line with the deliveries.")
def test_train_neuron_reaches_the_best_line(agree, student, figure, table):
    given = (table.miles, table.minutes)
    close = agree.using(by_value=True, rtol=1e-2, atol=1e-2)
    try:
        answer = close("train_neuron", *given, **table.settings)
    except Exception:
        # A line that is not the right one is the one worth looking at.
        draw(figure, table, student.train_neuron(*given, **table.settings))
        raise
    draw(figure, table, answer)


@points(2)
@hint("There are more lines in the world than those of the lesson.")
def test_train_neuron_learns_any_line(agree, rng):
    x, (slope, offset) = column(12, rng, -1.0, 1.0), parameters(2, rng, 1.0, 4.0)
    close = agree.using(by_value=True, rtol=1e-2, atol=1e-2)
    close("train_neuron", x, slope * x - offset, lr=0.3, epochs=30)


@points(2)
@hint("A new training starts anew. What outlives a call of your function?")
def test_train_neuron_second_training_starts_anew(by_value, rng):
    by_value.twice("train_neuron", column(4, rng), column(4, rng, 20.0, 40.0), lr=0.004, epochs=1)


# predict_time ----------------------------------------------------------------------------------


@hint("Distance times weight, plus bias. Which of these come from the arguments?")
def test_predict_time_the_order_at_seven_miles(agree, table):
    agree("predict_time", *table.best, 7)


@hint("Another neuron, another order.")
def test_predict_time_of_any_neuron_and_order(agree, rng):
    w, b, miles = (p.item() for p in parameters(3, rng, 1.0, 9.0))
    agree("predict_time", w, b, miles)
    agree("predict_time", w, b, 0.0)


@hint("The weights may still carry a graph. The answer must not, and it is not a tensor.")
def test_predict_time_leaves_no_graph(agree, rng):
    w, b = (p.clone().requires_grad_() for p in parameters(2, rng))
    agree("predict_time", w, b, parameters(1, rng, 2.0, 9.0)[0].item())


# max_stable_lr ---------------------------------------------------------------------------------


@hint("Try `train_neuron` with a learning rate just below your answer, and just above it.")
def test_max_stable_lr_of_the_lessons_tables(agree, table):
    agree.using(rtol=1e-3)("max_stable_lr", table.miles)


@pytest.mark.parametrize("count", [1, 6])
@hint("Both parameters move at once: the curvature is a matrix. Does it depend on how many rows?")
def test_max_stable_lr_of_any_inputs(agree, rng, count):
    agree.using(rtol=1e-3)("max_stable_lr", column(count, rng, -3.0, 4.0))
