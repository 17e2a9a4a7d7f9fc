"""`torch.where` picks the stable branch, but computes both.

The branch that is not picked still takes part in the gradient: it gets a 0, and 0 times
infinity is not 0. Can you keep the exponents small in *both* branches?
"""

import torch

function = "sigmoid"
code = "OVF"
fails = ("test_sigmoid_has_a_finite_gradient_far_from_zero",)


def sigmoid(x):
    left = torch.exp(x) / (1 + torch.exp(x))
    right = 1 / (1 + torch.exp(-x))
    return torch.where(x >= 0, right, left)
