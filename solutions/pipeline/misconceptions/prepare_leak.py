"""Mean and spread are taken before the rows with gaps are dropped.

A row that is thrown away must not have a say in the scale. In which order do the two things
happen?
"""

import torch

function = "prepare"
code = "LEAK"
fails = ("test_prepare_drops_every_row_with_a_gap",)


def prepare(table):
    rows = table[~table.isnan().any(dim=1)]
    numbers, hour, weekend, y = rows[:, :2], rows[:, 1:2], rows[:, 2:3], rows[:, 3:]
    mean = table[:, :2].mean(dim=0, keepdim=True)
    std = table[:, :2].std(dim=0, keepdim=True) if len(rows) > 1 else torch.zeros_like(mean)
    z = (numbers - mean) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(table.dtype)
    return torch.cat([z, weekend, rush], dim=1), y, {"mean": mean, "std": std}
