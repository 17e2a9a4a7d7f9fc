"""An exponential overflows on the way, and the answer or its gradient does not survive it.

Far from 0 an exponential may be infinite above *and* below. What can you divide both by, so that
no exponent is above 0? Remember that `torch.where` computes both of its branches.
"""

import torch

function = "tanh"
code = "OVF"
fails = ("test_tanh_is_right_far_from_zero", "test_tanh_has_a_finite_gradient_far_from_zero")


def tanh(x):
    return (torch.exp(x) - torch.exp(-x)) / (torch.exp(x) + torch.exp(-x))
