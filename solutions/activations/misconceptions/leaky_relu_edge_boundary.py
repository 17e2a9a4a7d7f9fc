"""The bend sits at the slope instead of at 0.

`slope` says how steep the left side is. Does it say anything about where that side begins?
"""

import torch

function = "leaky_relu"
code = "EDGE"
fails = ("test_leaky_relu_with_a_slope_above_one", "test_leaky_relu_uses_the_slope_it_is_given")


def leaky_relu(x, slope=0.01):
    return torch.where(x > slope, x, slope * x)
