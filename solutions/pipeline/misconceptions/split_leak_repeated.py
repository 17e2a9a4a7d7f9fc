"""Rows are drawn with replacement, so some are there twice and others never.

Throwing dice for each row is not shuffling. How often may each row appear?
"""

import torch

function = "split"
code = "LEAK"
fails = ("test_split_puts_every_row_into_one_part",)


def split(x, y, fraction, seed):
    order = torch.randint(len(x), (len(x),), generator=torch.Generator().manual_seed(seed))
    count = int(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[train], y[train], x[test], y[test]
