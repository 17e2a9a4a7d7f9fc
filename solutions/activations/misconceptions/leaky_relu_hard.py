"""The slope is always one hundredth, whatever was asked for.

The function has a second argument. Where does your answer depend on it?
"""

import torch

function = "leaky_relu"
code = "HARD"
fails = ("test_leaky_relu_uses_the_slope_it_is_given", "test_leaky_relu_with_a_slope_above_one")


def leaky_relu(x, slope=0.01):  # noqa: ARG001 - ignoring it is the mistake
    return torch.where(x > 0, x, 0.01 * x)
