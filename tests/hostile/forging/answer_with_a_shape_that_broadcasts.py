"""Answer with a shape that stretches to the right one: a column, a single number, one row.

Wall: shapes are compared exactly, and before values.
"""

import torch

HONEST = 0


def double(x):
    return (2 * x).reshape(-1, 1)


def total(x):
    return x.sum(1, keepdim=True)


def rows(x):
    return torch.softmax(x, 1)[None]


def label(word):
    return [{letter: word.count(letter) for letter in word}]
