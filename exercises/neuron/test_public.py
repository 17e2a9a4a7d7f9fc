"""A sample of the tests for `neuron`: the examples of the docstrings and a little more."""

import pytest
import torch

from grader.suite import hint

# Miles, hour of the day, rain.
ORDERS = torch.tensor([[7.0, 12.0, 0.0], [7.0, 12.0, 1.0]])


@hint("Weight times input, plus bias, for each row. What shape does a prediction have?")
def test_neuron_predicts_minutes(agree, figure):
    miles = torch.tensor([[7.0], [0.0], [2.5]])
    picture = figure("A neuron is a straight line", x="distance, miles", y="time, minutes")
    picture.curve("reference", "reference", [0.0, 7.0], [5.04, 29.05])
    answer = agree("neuron", miles, 3.43, 5.04)
    picture.points("yours", "student", miles, answer)


@hint("Weight and bias must stay tensors, or calculus cannot find them again.")
def test_neuron_lets_the_gradient_through(agree):
    agree.gradient("neuron", torch.tensor([[1.0], [4.0]]), torch.tensor(2.0), torch.tensor(-1.0))


@hint("One number per row, in a column. Which dimension has to disappear?")
def test_neuron_multi_of_three_inputs(agree):
    agree("neuron_multi", ORDERS, torch.tensor([3.0, 0.5, 4.0]), 2.0)


@hint("With as many orders as features every wrong turn fits. Print the shapes on the way.")
def test_neuron_multi_of_as_many_orders_as_features(agree):
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    agree.gradient("neuron_multi", x, torch.tensor([10.0, 1.0]), torch.tensor(0.5))


@hint("Each neuron is a row of `w`. Do the right numbers meet, or do only the shapes fit?")
def test_layer_of_two_neurons(agree):
    w = torch.tensor([[3.0, 0.5, 4.0], [1.5, 0.0, 2.0]])
    agree("layer", ORDERS, w, torch.tensor([2.0, 3.0]))


@hint("A square `w` fits either way round. Which way is right?")
def test_layer_of_as_many_neurons_as_inputs(agree):
    x, w = torch.tensor([[1.0, 0.0], [1.0, 2.0]]), torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    agree.gradient("layer", x, w, torch.tensor([10.0, 20.0]))


@pytest.mark.parametrize("sizes", [[3, 2], [4, 8, 1]], ids=str)
@hint("Count one neuron first: what does it have for each input, and what once for itself?")
def test_count_params_of_small_networks(agree, sizes):
    agree("count_params", sizes)


@hint("Let x be 0. What does the first layer say then, and what does the second make of it?")
def test_compose_linear_from_miles_to_dollars(agree):
    minutes = torch.tensor([[3.43]]), torch.tensor([5.04])
    agree("compose_linear", *minutes, torch.tensor([[0.5]]), torch.tensor([-15.0]))


@hint("Matrices can often be multiplied in either order, and the order matters. Which acts first?")
def test_compose_linear_of_two_square_layers(agree):
    first = torch.tensor([[1.0, 2.0], [0.0, 1.0]]), torch.tensor([1.0, -1.0])
    second = torch.tensor([[3.0, 0.0], [1.0, 1.0]]), torch.tensor([0.5, 2.0])
    agree("compose_linear", *first, *second)


@hint("A longer way on the faster line, a shorter one on the slower. What do you compare?")
def test_can_deliver_on_two_lines(agree):
    agree("can_deliver", 8, 3.43, 5.04)
    agree("can_deliver", 5, 5.041, 1.91)


@hint("What does the docstring say about an order that takes exactly as long as promised?")
def test_can_deliver_at_the_last_moment(agree):
    agree("can_deliver", 2.0, 10.0, 10.0)
