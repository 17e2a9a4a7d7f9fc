"""A line that fails while loading, and an answer that is not a number. cnry-student-zofia."""

import torch

torch.zeros(2) @ torch.zeros(3)


def double(x):
    return x * 2


def total(x):
    return x.sum(1)


def rows(x):
    return x.exp() / 0.0 * 0.0


def label(word):
    counts = dict.fromkeys(word, 0)
    for letter in word:
        counts[letter] += 1
    return counts
