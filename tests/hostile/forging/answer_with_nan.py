"""Answer with NaN, in the hope that it compares as equal, or as not different.

Wall: NaN equals NaN only where NaN is expected; anywhere else it is a wrong value.
"""

import torch

HONEST = 0


def double(x):
    return x * float("nan")


def total(x):
    return torch.full((x.shape[0] or 1,), float("nan"))


def rows(x):
    return torch.full_like(x, float("nan"))


def label(word):
    return {letter: float("nan") for letter in word}
