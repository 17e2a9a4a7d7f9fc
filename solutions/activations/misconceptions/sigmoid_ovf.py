"""An exponential overflows on the way, and the gradient does not survive it.

The answers may look perfect. Follow the gradient back from a number far from 0: how large is each
exponential there, and what is 0 times that? `torch.where` computes both of its branches.
"""

import torch

function = "sigmoid"
code = "OVF"
fails = ("test_sigmoid_has_a_finite_gradient_far_from_zero",)


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))
