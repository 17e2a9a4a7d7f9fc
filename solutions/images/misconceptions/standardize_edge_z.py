"""The z of a single row are looked after, but its std is still NaN.

The table is right. Look at the other two tensors for a single row: what is handed back as its std?
"""

import torch

function = "standardize"
code = "EDGE"
fails = ("test_standardize_a_single_row",)


def standardize(x):
    mean = x.mean(dim=0, keepdim=True)
    std = x.std(dim=0, keepdim=True)
    return torch.nan_to_num((x - mean) / std), mean, std
