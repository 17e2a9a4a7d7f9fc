"""The two parts are drawn one after the other, so some rows are in both.

A row that went into the first part may be drawn again for the second. How do you keep it out?
"""

import torch

function = "split"
code = "LEAK"
fails = ("test_split_puts_every_row_into_one_part",)


def split(x, y, fraction, seed):
    generator = torch.Generator().manual_seed(seed)
    count = int(fraction * len(x))
    train = torch.randperm(len(x), generator=generator)[:count]
    test = torch.randperm(len(x), generator=generator)[: len(x) - count]
    return x[train], y[train], x[test], y[test]
