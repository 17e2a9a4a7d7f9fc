"""The shares always add up along the first dimension, whatever `dim` says.

For which `dim` is that right by luck? Where does your answer depend on the argument?
"""

import torch

function = "softmax"
code = "DIM"
fails = (
    "test_softmax_of_a_wide_matrix",
    "test_softmax_of_a_square_matrix",
    "test_softmax_of_a_cube",
    "test_softmax_lets_the_gradient_through",
)


def softmax(x, dim):  # noqa: ARG001 - ignoring it is the mistake
    e = torch.exp(x - x.amax(dim=0, keepdim=True))
    return e / e.sum(dim=0, keepdim=True)
