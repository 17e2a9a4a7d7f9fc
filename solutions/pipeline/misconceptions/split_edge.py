"""The number of training rows is rounded, where the rule cuts off.

What does `int` do with what is behind the point?
"""

import torch

function = "split"
code = "EDGE"
fails = ("test_split_cuts_off_the_share_that_was_asked",)


def split(x, y, fraction, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    count = round(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[train], y[train], x[test], y[test]
