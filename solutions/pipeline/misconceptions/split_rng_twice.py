"""`x` and `y` are shuffled one after the other, each in its own way.

Two draws are two orders. Which target belongs to the first row now?
"""

import torch

function = "split"
code = "RNG"
fails = ("test_split_keeps_rows_paired",)


def split(x, y, fraction, seed):
    generator = torch.Generator().manual_seed(seed)
    x = x[torch.randperm(len(x), generator=generator)]
    y = y[torch.randperm(len(y), generator=generator)]
    count = int(fraction * len(x))
    return x[:count], y[:count], x[count:], y[count:]
