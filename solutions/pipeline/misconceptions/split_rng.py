"""The shuffle reseeds torch's global random generator.

After your call everybody draws the same numbers again. Can the shuffle have a generator of its
own?
"""

import torch

function = "split"
code = "RNG"
fails = ("test_split_leaves_the_global_generator_alone",)


def split(x, y, fraction, seed):
    torch.manual_seed(seed)
    order = torch.randperm(len(x))
    count = int(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[train], y[train], x[test], y[test]
