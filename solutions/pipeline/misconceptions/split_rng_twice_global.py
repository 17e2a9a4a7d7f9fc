"""`x` and `y` are shuffled one after the other, and everybody's generator with them.

Two draws are two orders. Which target belongs to the first row now?
"""

import torch

function = "split"
code = "RNG"
fails = ("test_split_keeps_rows_paired", "test_split_leaves_the_global_generator_alone")


def split(x, y, fraction, seed):
    torch.manual_seed(seed)
    x = x[torch.randperm(len(x))]
    y = y[torch.randperm(len(y))]
    count = int(fraction * len(x))
    return x[:count], y[:count], x[count:], y[count:]
