"""Rows that are dropped have a say in the mean and the spread.

Skipping the gaps in a column is not the same as dropping the rows. Which rows does your mean see?
"""

import torch

function = "prepare"
code = "LEAK"
fails = ("test_prepare_drops_every_row_with_a_gap",)


def prepare(table):
    rows = table[~table.isnan().any(dim=1)]
    numbers, hour, weekend, y = rows[:, :2], rows[:, 1:2], rows[:, 2:3], rows[:, 3:]
    mean = table[:, :2].nanmean(dim=0, keepdim=True)
    count = (~table[:, :2].isnan()).sum(dim=0, keepdim=True)
    squares = (table[:, :2] - mean).square().nansum(dim=0, keepdim=True)
    std = (squares / (count - 1).clamp(min=1)).sqrt()
    z = (numbers - mean) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(table.dtype)
    return torch.cat([z, weekend, rush], dim=1), y, {"mean": mean, "std": std}
