"""The model is tested on the whole table, also on what it was trained on.

Count the rows of both parts together. Which of them has the model seen before?
"""

import torch

function = "split"
code = "LEAK"
fails = ("test_split_cuts_off_the_share_that_was_asked", "test_split_puts_every_row_into_one_part")


def split(x, y, fraction, seed):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    count = int(fraction * len(x))
    train = order[:count]
    return x[train], y[train], x, y
