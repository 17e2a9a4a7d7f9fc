"""The largest score of the whole tensor is subtracted, and a tiny number hides the damage.

One row of large scores drowns a neighbour of small ones. Along which dimension must the
largest score be taken? A tiny number below the line turns nan into 0, which is no better.
"""

import torch

function = "softmax"
code = "GMAX"
fails = ("test_softmax_far_apart_rows_do_not_disturb_each_other",)


def softmax(x, dim):
    e = torch.exp(x - torch.max(x))
    return e / (e.sum(dim=dim, keepdim=True) + 1e-12)
