"""Large scores are cut off before the exponential, and become equal.

Nothing overflows any more, but two large scores that differ now get the same share. What
can be done to a whole row that changes no share at all?
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
    e = torch.exp(x.clamp(-80, 80))
    return e / e.sum(dim=dim, keepdim=True)
