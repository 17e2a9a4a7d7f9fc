"""Masks in two steps each, on whole numbers, or by taking away what is not wanted."""

import torch
from torch import Tensor


def column(features: Tensor, j: int) -> Tensor:
    return features.narrow(1, range(features.size(1))[j], 1).clone()


def rush_hour(hour: Tensor, is_weekend: Tensor) -> Tensor:
    whole = hour.floor().long()
    is_rush = torch.isin(whole, torch.tensor([8, 9, 16, 17, 18]))
    return torch.where(is_weekend.bool() | ~is_rush, 0.0, 1.0)


def is_late(minutes: Tensor, limit: float = 30.0) -> Tensor:
    return ~(minutes.flatten() <= limit)


def select_late(features: Tensor, minutes: Tensor, limit: float) -> Tensor:
    excess = minutes.reshape(len(minutes)) - limit
    return torch.stack([c[excess > 0] for c in features.unbind(1)], dim=-1)


def grid_pick(table: Tensor, rows: Tensor, cols: Tensor) -> Tensor:
    across, down = torch.meshgrid(rows, cols, indexing="ij")
    return table[across, down]
