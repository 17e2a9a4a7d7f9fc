"""The largest score of the whole tensor is subtracted, not each row's own.

One row of large scores drowns a neighbour of small ones. Along which dimension must the
largest score be taken?
"""

import torch

function = "softmax"
code = "GMAX"
fails = ("test_softmax_far_apart_rows_do_not_disturb_each_other",)


def softmax(x, dim):
    e = torch.exp(x - x.max())
    return e / e.sum(dim=dim, keepdim=True)
