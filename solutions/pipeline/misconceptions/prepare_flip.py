"""The rush hour is on weekends, where the rule has it on weekdays.

On which days do people go to work, and which value of `is_weekend` is that?
"""

import torch

function = "prepare"
code = "FLIP"
fails = ("test_prepare_rush_hour_begins_and_ends_sharply",)


def prepare(table):
    rows = table[~table.isnan().any(dim=1)]
    numbers, hour, weekend, y = rows[:, :2], rows[:, 1:2], rows[:, 2:3], rows[:, 3:]
    mean = numbers.mean(dim=0, keepdim=True)
    std = numbers.std(dim=0, keepdim=True) if len(rows) > 1 else torch.zeros_like(mean)
    z = (numbers - mean) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 1)).to(table.dtype)
    return torch.cat([z, weekend, rush], dim=1), y, {"mean": mean, "std": std}
