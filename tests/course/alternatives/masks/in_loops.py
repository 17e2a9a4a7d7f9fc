"""Masks in plain Python, where nobody asked for speed: comprehensions, stack and cat."""

import torch
from torch import Tensor


def column(features: Tensor, j: int) -> Tensor:
    return torch.stack([row[j] for row in features]).view(-1, 1)


def rush_hour(hour: Tensor, is_weekend: Tensor) -> Tensor:
    return torch.tensor(
        [
            1.0 if not weekend and (8 <= h < 10 or 16 <= h < 19) else 0.0
            for h, weekend in zip(hour, is_weekend, strict=True)
        ]
    )


def is_late(minutes: Tensor, limit: float = 30.0) -> Tensor:
    return torch.tensor([row.item() > limit for row in minutes])


def select_late(features: Tensor, minutes: Tensor, limit: float) -> Tensor:
    late = (minutes > limit).expand(-1, features.shape[1])
    return features[late].reshape(-1, features.shape[1])


def grid_pick(table: Tensor, rows: Tensor, cols: Tensor) -> Tensor:
    return torch.stack([torch.stack([table[r, c] for c in cols]) for r in rows])
