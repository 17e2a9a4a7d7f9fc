"""The quotient e^x / (1 + e^x) overflows above and below on the right.

For a large x both parts of the quotient are infinite. Which form of the same formula has
only a small exponential there?
"""

import torch

function = "sigmoid"
code = "OVF"
fails = ("test_sigmoid_has_a_finite_gradient_far_from_zero", "test_sigmoid_is_right_far_from_zero")


def sigmoid(x):
    return torch.exp(x) / (1 + torch.exp(x))
