"""The four parts come in another order: both `x` first, as scikit-learn has it.

Whoever unpacks your answer goes by the docstring. What will they take for the targets?
"""

import torch

function = "split"
code = "FLIP"
fails = ("test_split_cuts_off_the_share_that_was_asked",)


def split(x, y, fraction, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    count = int(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[train], x[test], y[train], y[test]
