"""The shuffle does not ask for the seed: it draws whatever comes next.

Ask for the same split tomorrow. Which argument was to make sure that it is the same?
"""

import torch

function = "split"
code = "RNG"
fails = ("test_split_same_seed_same_rows", "test_split_leaves_the_global_generator_alone")


def split(x, y, fraction, seed):  # noqa: ARG001
    order = torch.randperm(len(x))
    count = int(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[train], y[train], x[test], y[test]
