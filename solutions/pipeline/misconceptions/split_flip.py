"""`fraction` is taken for the share of the test rows.

Which of the two parts is `fraction` of the table?
"""

import torch

function = "split"
code = "FLIP"
fails = ("test_split_cuts_off_the_share_that_was_asked",)


def split(x, y, fraction, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    count = len(x) - int(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[train], y[train], x[test], y[test]
