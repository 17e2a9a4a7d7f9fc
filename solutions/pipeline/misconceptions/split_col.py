"""The targets have lost their column: they come out flat.

What would a prediction `[N, 1]` minus your targets be in the loss?
"""

import torch

function = "split"
code = "COL"
fails = ("test_split_cuts_off_the_share_that_was_asked",)


def split(x, y, fraction, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    count = int(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[train], y[train].squeeze(1), x[test], y[test].squeeze(1)
