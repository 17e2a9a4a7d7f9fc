"""The shares do not add up to 1 along the dimension that was asked for.

For which `dim` is your answer right, perhaps by luck? Where does it depend on the argument, and
which dimension disappears when you sum?
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
    e = torch.exp(x - x.amax(dim=-1, keepdim=True))
    return e / e.sum(dim=-1, keepdim=True)
