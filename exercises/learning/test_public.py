"""The tests you can run yourself. The graders use other data, and more of it."""

import pytest
import torch

from grader.suite import hint

# Three orders of a bicycle courier; they lie on a line exactly.
MILES = torch.tensor([[0.5], [1.5], [3.0]])
MINUTES = torch.tensor([[5.0], [11.0], [20.0]])


def draw(figure, answer):
    """The orders, and the student's line if the answer holds one."""
    line = answer[:2] if isinstance(answer, (tuple, list)) else []
    picture = figure("The courier's orders and your line", x="Distance, miles", y="Time, minutes")
    picture.points("orders", "data", MILES, MINUTES)
    if len(line) == 2 and all(is_number(part) for part in line):
        w, b = map(float, line)
        picture.curve("your line", "student", [0.0, 4.0], [b, 4 * w + b])


def is_number(part):
    """Whether a part of an answer is a number that can be drawn."""
    if isinstance(part, torch.Tensor):
        return part.dim() == 0 and part.is_floating_point()
    return isinstance(part, float)


@hint("Difference, square, mean: in this order, and in tensors to the end.")
def test_mse_is_the_mean_of_the_squares(agree):
    agree.gradient("mse", torch.tensor([[4.0], [12.0], [19.0]]), MINUTES)


@hint("What shape has a column minus a flat tensor? Print it.")
def test_mse_refuses_targets_of_another_shape(agree, student):
    student.mse(MILES, MINUTES)  # equal shapes are not refused
    agree("mse", MILES, MINUTES.squeeze(1))


@hint(
    "The chain rule, once for each parameter. What is multiplied by what, and averaged over what?"
)
def test_mse_grads_of_three_orders(agree):
    agree("mse_grads", MILES, MINUTES, torch.tensor(2.0), torch.tensor(1.0))


@hint("Uphill or downhill? And whose slope is it?")
def test_sgd_step_goes_downhill(agree):
    agree("sgd_step", *torch.tensor([2.0, 1.0, -8.0, -4.0]).unbind(), lr=0.25)


@hint("The same two slopes as by hand. Which tensors must torch watch while you compute?")
def test_autograd_grads_of_three_orders(agree):
    agree("autograd_grads", MILES, MINUTES, torch.tensor(2.0), torch.tensor(1.0))


@pytest.mark.parametrize("epochs", [1, 3])
@hint("Follow w and b on paper for one epoch. When is the loss measured, and what is kept?")
def test_train_neuron_takes_exact_steps(agree, epochs):
    agree.using(by_value=True)("train_neuron", MILES, MINUTES, lr=0.05, epochs=epochs, w0=1.0)


@hint("Look at the loss curve: does it fall, and does it flatten out?")
def test_train_neuron_finds_the_couriers_line(agree, student, figure):
    settings = {"lr": 0.2, "epochs": 60, "w0": 2.0, "b0": 2.0}
    close = agree.using(by_value=True, rtol=1e-2, atol=1e-2)
    try:
        answer = close("train_neuron", MILES, MINUTES, **settings)
    except Exception:
        # A line that is not the right one is the one worth looking at.
        draw(figure, student.train_neuron(MILES, MINUTES, **settings))
        raise
    draw(figure, answer)


@pytest.mark.parametrize("w", [6.0, torch.tensor(6.0, requires_grad=True)], ids=["float", "tensor"])
@hint("A dispatcher wants a plain number. What type is yours?")
def test_predict_time_is_a_plain_number(agree, w):
    agree("predict_time", w, 2.0, 2.5)


@hint("Write down the loss as a function of w and b, and differentiate twice.")
def test_max_stable_lr_of_three_orders(agree):
    agree.using(rtol=1e-3)("max_stable_lr", MILES)
