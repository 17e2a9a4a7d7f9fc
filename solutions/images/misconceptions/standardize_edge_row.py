"""A column that never changes is looked after, but a single row still gives NaN.

With one row, N - 1 is 0. Print the std that torch gives you for it: is it 0, and does your
question find it?
"""

import torch

function = "standardize"
code = "EDGE"
fails = ("test_standardize_a_single_row",)


def standardize(x):
    mean = x.mean(dim=0, keepdim=True)
    std = x.std(dim=0, keepdim=True)
    return (x - mean) / torch.where(std == 0, 1, std), mean, std
