"""The larger of x and slope·x is taken, instead of looking at the side of 0.

That is right as long as the slope is gentle. Sketch x and slope·x for a steep one: which of the
two lies above on the right of 0?
"""

import torch

function = "leaky_relu"
code = "EDGE"
fails = ("test_leaky_relu_with_a_slope_above_one",)


def leaky_relu(x, slope=0.01):
    return torch.where(x > slope * x, x, slope * x)
