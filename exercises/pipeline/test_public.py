"""A sample of the tests for `pipeline`: examples of the docstrings and a little more."""

import pytest
import torch
from torch import nn

from grader.suite import hint

NAN = float("nan")
MILES = torch.tensor([[0.5], [1.5], [3.0]])
MINUTES = torch.tensor([[5.0], [11.0], [20.0]])
STATS = {"mean": torch.tensor([[3.0, 12.0]]), "std": torch.tensor([[2.0, 5.0]])}


def neuron(twin, weight, bias):
    """One neuron with this weight and bias, on both sides."""
    model = twin(nn.Linear, 1, 1)
    model.local.weight.data = torch.tensor([[weight]])
    model.local.bias.data = torch.tensor([bias])
    return model


def courier(twin):
    """A bicycle courier's neuron, with its optimizer, loss and orders."""
    model = neuron(twin, 2.0, 1.0)
    return model, twin(torch.optim.SGD, model, lr=0.05), twin(nn.MSELoss), MILES, MINUTES


@hint("Which rows have a gap? Drop them first, then compute the mean of each column.")
def test_prepare_drops_gaps_and_brings_to_scale(agree):
    table = [[1.0, 9.0, 0.0, 12.0], [2.0, NAN, 0.0, 14.0], [4.0, 21.0, 0.0, 20.0]]
    agree("prepare", torch.tensor([*table, [7.0, 9.0, 1.0, 30.0]]))


@hint("What is the mean of a single number, and how far from it is that number?")
def test_prepare_of_a_single_delivery(agree):
    agree("prepare", torch.tensor([[3.0, 17.0, 0.0, 21.0]]))


@hint("Every row in one part, the first part the larger one here.")
def test_split_has_every_row_once(student, expect):
    x, y = torch.arange(10.0).reshape(5, 2), torch.arange(5.0).reshape(5, 1)
    x_train, y_train, x_test, y_test = answer = student.split(x, y, 0.8, 1)
    expect([list(part.shape) for part in answer], [[4, 2], [4, 1], [1, 2], [1, 1]])
    expect(torch.cat([y_train, y_test]).sort(dim=0).values, y)
    expect(torch.cat([x_train, x_test])[:, :1], 2 * torch.cat([y_train, y_test]))


@hint("`torch.randperm` takes a generator of your own.")
def test_split_leaves_the_global_generator_alone(agree):
    agree.generator("split", torch.arange(6.0).reshape(6, 1), torch.ones(6, 1), 0.5, 3)


@pytest.mark.parametrize("sizes", [[4, 16, 1], [2, 1]], ids=str)
@hint("A bend between each two layers, and none at the end.")
def test_build_model_alternates_linear_and_relu(agree, sizes):
    agree("build_model", sizes, 0)


@hint("`torch.random.fork_rng()` puts torch's global generator back.")
def test_build_model_leaves_the_global_generator_alone(agree):
    agree.generator("build_model", [3, 2, 1], 7)


@hint("Clear, predict, measure, find the direction, step.")
def test_train_step_of_three_orders(agree, twin):
    agree("train_step", *courier(twin))


@hint("What is left over from the first step when the second begins?")
def test_train_step_a_second_time(agree, twin):
    agree.twice("train_step", *courier(twin))


@pytest.mark.parametrize("epochs", [1, 3])
@hint("One loss per epoch, each measured before the step.")
def test_fit_records_one_loss_per_epoch(agree, twin, epochs):
    agree("fit", *courier(twin), epochs)


@hint("Look at the curve: does it fall, and does it flatten out?")
def test_fit_learns_the_couriers_line(agree, figure, twin):
    losses = agree("fit", *courier(twin), 20)
    picture = figure("Loss, epoch by epoch", x="Epoch", y="Loss, minutes²", public=True)
    picture.curve("your losses", "student", list(range(20)), losses)


@pytest.mark.parametrize("raw", [[5.0, 17.0, 0.0], [2.0, 9.0, 1.0]], ids=["rush", "weekend"])
@hint("The columns and the scale of `prepare`, with the statistics that you are given.")
def test_predict_minutes_of_one_order(agree, twin, raw):
    model = twin(nn.Linear, 4, 1)
    model.local.weight.data = torch.tensor([[5.0, 0.5, -2.0, 6.0]])
    model.local.bias.data = torch.tensor([20.0])
    model.local.eval()
    agree("predict_minutes", model, torch.tensor([raw]), STATS)


@hint("The mean of the squares, and the mean of the distances from zero; plain numbers.")
def test_evaluate_a_line_that_is_a_little_wrong(agree, twin):
    agree("evaluate", neuron(twin, 5.0, 3.0), MILES, MINUTES)


@hint("Dropout forgets at random while a model is in training mode. Are you training here?")
def test_evaluate_in_evaluation_mode(agree, twin):
    model = twin(nn.Sequential, twin(nn.Dropout, 0.5), neuron(twin, 6.0, 2.0))
    agree("evaluate", model, MILES, MINUTES)
