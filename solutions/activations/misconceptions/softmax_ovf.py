"""The exponentials overflow, or are cut off before they do.

e to the power of a large score is infinite, and infinite by infinite is not a share. Adding the
same number to a whole row changes no share at all: which number keeps every exponent small?
"""

import torch

function = "softmax"
code = "OVF"
fails = (
    "test_softmax_does_not_notice_a_shift",
    "test_softmax_far_apart_rows_do_not_disturb_each_other",
    "test_softmax_of_scores_that_are_far_apart",
    "test_softmax_has_a_finite_gradient_at_large_scores",
)


def softmax(x, dim):
    e = torch.exp(x)
    return e / e.sum(dim=dim, keepdim=True)
