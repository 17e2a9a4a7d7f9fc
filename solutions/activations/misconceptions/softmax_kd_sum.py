"""The sum loses its dimension, and fits back onto the wrong one.

A maximum or a sum along a dimension makes that dimension disappear, and what is left may
line up with the wrong one. On a square matrix nobody complains. How can a dimension of size
1 be kept in its place?
"""

import torch

function = "softmax"
code = "KD"
fails = (
    "test_softmax_of_a_wide_matrix",
    "test_softmax_of_a_square_matrix",
    "test_softmax_of_a_cube",
    "test_softmax_lets_the_gradient_through",
)


def softmax(x, dim):
    e = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return e / e.sum(dim=dim)
