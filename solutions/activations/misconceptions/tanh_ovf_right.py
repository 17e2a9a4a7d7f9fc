"""The quotient with e^(2x) overflows on the right.

Far from 0 one of the exponentials is infinite above *and* below. What can you divide both
by, so that no exponent is above 0?
"""

import torch

function = "tanh"
code = "OVF"
fails = ("test_tanh_is_right_far_from_zero", "test_tanh_has_a_finite_gradient_far_from_zero")


def tanh(x):
    e = torch.exp(2 * x)
    return (e - 1) / (e + 1)
