"""The statistics are flat, and the end of the rush hour counts."""

import torch
from torch import Tensor

function = "prepare"
codes = ("KD", "EDGE")


def prepare(table: Tensor) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
    rows = table[~table.isnan().any(dim=1)]
    numbers, hour, weekend, y = rows[:, :2], rows[:, 1:2], rows[:, 2:3], rows[:, 3:]
    mean = numbers.mean(dim=0)
    std = numbers.std(dim=0) if len(rows) > 1 else torch.zeros_like(mean)
    z = (numbers - mean) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour >= 8) & (hour <= 10)) | ((hour >= 16) & (hour <= 19))
    rush = (is_peak & (weekend == 0)).to(table.dtype)
    return torch.cat([z, weekend, rush], dim=1), y, {"mean": mean, "std": std}
