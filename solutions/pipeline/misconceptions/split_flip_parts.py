"""The two parts are exchanged: the test part comes first.

Whoever unpacks your answer goes by the docstring. Which part will they train on?
"""

import torch

function = "split"
code = "FLIP"
fails = ("test_split_cuts_off_the_share_that_was_asked",)


def split(x, y, fraction, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    count = int(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[test], y[test], x[train], y[train]
