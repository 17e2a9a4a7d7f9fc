"""The smallest score of each row is subtracted, so that large ones still overflow.

You shift each row on its own, which is the right idea. After your shift, how large can an
exponent still be?
"""

import torch

function = "softmax"
code = "OVF"
fails = (
    "test_softmax_of_scores_that_are_far_apart",
    "test_softmax_has_a_finite_gradient_at_large_scores",
)


def softmax(x, dim):
    e = torch.exp(x - x.amin(dim=dim, keepdim=True))
    return e / e.sum(dim=dim, keepdim=True)
