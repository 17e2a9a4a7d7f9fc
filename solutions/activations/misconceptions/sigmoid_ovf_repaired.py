"""The nan that an overflow leaves behind is painted over.

The answer is mended afterwards, but calculus also passes the place where it broke. Can the
overflow be avoided instead of hidden?
"""

import torch

function = "sigmoid"
code = "OVF"
fails = ("test_sigmoid_has_a_finite_gradient_far_from_zero",)


def sigmoid(x):
    quotient = torch.exp(x) / (1 + torch.exp(x))
    return torch.nan_to_num(quotient, nan=1.0)
