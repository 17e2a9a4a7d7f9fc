"""The shares add up to 1 over the whole tensor, not along `dim`.

Add up one row of your answer. A sum without a dimension takes everything there is.
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


def softmax(x, dim):  # noqa: ARG001 - ignoring it is the mistake
    e = torch.exp(x - x.max())
    return e / e.sum()
