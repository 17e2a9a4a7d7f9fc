"""The seed is always 42, whatever is handed in.

Ask for two seeds. Why do they give the same split?
"""

import torch

function = "split"
code = "HARD"
fails = ("test_split_another_seed_another_shuffle",)


def split(x, y, fraction, seed):  # noqa: ARG001
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(42))
    count = int(fraction * len(x))
    train, test = order[:count], order[count:]
    return x[train], y[train], x[test], y[test]
