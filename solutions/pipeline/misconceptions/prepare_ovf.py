"""A column without spread is divided by zero.

What is zero divided by zero, and what is the spread of a single number?
"""

import torch

function = "prepare"
code = "OVF"
fails = ("test_prepare_of_numbers_without_spread",)


def prepare(table):
    rows = table[~table.isnan().any(dim=1)]
    numbers, hour, weekend, y = rows[:, :2], rows[:, 1:2], rows[:, 2:3], rows[:, 3:]
    mean = numbers.mean(dim=0, keepdim=True)
    std = numbers.std(dim=0, keepdim=True)
    z = (numbers - mean) / std
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(table.dtype)
    return torch.cat([z, weekend, rush], dim=1), y, {"mean": mean, "std": std}
