"""Tanh is built from a sigmoid that overflows.

The way through the sigmoid is a good one. Is the sigmoid itself safe far to the left, on
the way back too?
"""

import torch

function = "tanh"
code = "OVF"
fails = ("test_tanh_has_a_finite_gradient_far_from_zero",)


def tanh(x):
    return 2 / (1 + torch.exp(-2 * x)) - 1
