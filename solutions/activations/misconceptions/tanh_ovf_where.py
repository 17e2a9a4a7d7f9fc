"""`torch.where` picks the stable branch, but computes both.

The branch that is not picked still takes part in the gradient: it gets a 0, and 0 times
infinity is not 0. Can you keep the exponents small in *both* branches?
"""

import torch

function = "tanh"
code = "OVF"
fails = ("test_tanh_has_a_finite_gradient_far_from_zero",)


def tanh(x):
    left = (torch.exp(2 * x) - 1) / (torch.exp(2 * x) + 1)
    right = (1 - torch.exp(-2 * x)) / (1 + torch.exp(-2 * x))
    return torch.where(x > 0, right, left)
