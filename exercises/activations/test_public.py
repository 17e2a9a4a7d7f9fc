"""A sample of the tests for `activations`: the examples of the docstrings and a little more."""

import pytest
import torch

from grader.suite import hint


@hint("Which numbers stay, and what becomes of the others?")
def test_relu_zeroes_what_is_negative(agree):
    agree("relu", torch.tensor([[-0.95, 2.5, -3.0], [4.0, -0.5, 1.5]]))


@hint("Make a new tensor. Whoever handed you `x` may still need it.")
def test_relu_leaves_its_input_as_it_was(agree):
    agree("relu", torch.tensor([-1.0, -2.0, 3.0, 4.0]))


@hint("Did you leave the world of tensors on the way? Then calculus cannot follow you.")
def test_relu_lets_the_gradient_through(agree):
    agree.gradient("relu", torch.tensor([[-2.0, 0.5], [3.0, -1.5]]))


@hint("What is `slope` when the caller does not say?")
def test_leaky_relu_has_a_slope_of_one_hundredth_by_default(agree):
    agree("leaky_relu", torch.tensor([-200.0, -50.0, 7.0]))


@hint("The slope acts on one side of 0 only.")
def test_leaky_relu_uses_the_slope_it_is_given(agree):
    agree("leaky_relu", torch.tensor([[-2.0, 3.0], [-1.0, 0.05]]), slope=0.1)


def test_leaky_relu_lets_the_gradient_through(agree):
    agree.gradient("leaky_relu", torch.tensor([-4.0, 2.0, 1.0]), slope=0.25)


@hint("One half is what 0 becomes.")
def test_sigmoid_lies_between_zero_and_one(agree):
    agree("sigmoid", torch.tensor([-2.0, -0.5, 0.0, 0.5, 2.0]))


@hint("How large is e to the power of 90, and what is 0 times that?")
def test_sigmoid_has_a_finite_gradient_far_to_the_left(agree):
    agree.gradient("sigmoid", torch.tensor([-90.0, -1.0, 1.0]))


def test_tanh_lies_between_minus_one_and_one(agree):
    agree("tanh", torch.tensor([[-1.0, 0.0], [0.25, 1.5]]))


@hint("What is `inf / inf`?")
def test_tanh_survives_large_inputs(agree):
    agree("tanh", torch.tensor([-90.0, 90.0]))


@hint("Along which dimension do the shares add up to 1?")
@pytest.mark.parametrize("dim", [0, 1])
def test_softmax_adds_up_to_one_along_the_dimension_asked(agree, dim):
    agree("softmax", torch.tensor([[0.0, 0.0, 0.0], [1.0, 2.0, 3.0]]), dim)


@hint("What you take out of a row has to fit back onto that row.")
def test_softmax_of_a_square_matrix(agree):
    agree("softmax", torch.tensor([[0.0, 1.0], [3.0, 1.0]]), 1)


@hint("You are free to add the same number to a whole row. Which one keeps the exponents small?")
def test_softmax_survives_large_scores(agree):
    agree("softmax", torch.tensor([[500.0, 501.0, 502.0]]), 1)


@hint("Where does w·x + b cross 0?")
def test_relu_bend_is_where_the_line_crosses_zero(agree):
    agree("relu_bend", 3.43, -24.96)


@hint("What does a line look like whose weight is 0?")
def test_relu_bend_of_a_flat_line_is_a_value_error(agree):
    agree("relu_bend", 0.0, 1.0)
