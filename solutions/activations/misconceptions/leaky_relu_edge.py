"""Something else than the side of 0 decides where the slope acts.

Comparing x with slope·x is right only as long as the slope is gentle, and `slope` is no place on
the x-axis. Sketch x and slope·x for a steep one: which of the two lies above on the right of 0?
"""

import torch

function = "leaky_relu"
code = "EDGE"
fails = ("test_leaky_relu_with_a_slope_above_one",)


def leaky_relu(x, slope=0.01):
    return torch.maximum(x, slope * x)
