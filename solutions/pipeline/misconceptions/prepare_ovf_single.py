"""A single delivery has no spread, and yours is NaN.

torch divides by one less than the number of rows. Which number of rows needs a thought of its own?
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
    z = (numbers - mean) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(table.dtype)
    return torch.cat([z, weekend, rush], dim=1), y, {"mean": mean, "std": std}
