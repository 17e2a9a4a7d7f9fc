"""The shares add up to 1 along the other dimension.

`dim` names the dimension that is *summed over*, the one that disappears. Which one
disappears in yours?
"""

import torch

function = "softmax"
code = "DIM"
fails = (
    "test_softmax_of_a_wide_matrix",
    "test_softmax_of_a_square_matrix",
    "test_softmax_of_a_cube",
    "test_softmax_far_apart_rows_do_not_disturb_each_other",
    "test_softmax_lets_the_gradient_through",
)


def softmax(x, dim):
    other = (dim + 1) % x.dim()
    e = torch.exp(x - x.amax(dim=other, keepdim=True))
    return e / e.sum(dim=other, keepdim=True)
