"""Masks as someone who knows NumPy writes them, with a clone that is filled in place."""

import numpy as np
import torch
from torch import Tensor


def column(features: Tensor, j: int) -> Tensor:
    return features[:, [j]]


def rush_hour(hour: Tensor, is_weekend: Tensor) -> Tensor:
    hours = hour.clone().double()
    hours[is_weekend.bool()] = 0
    result = torch.zeros(len(hours))
    result[torch.logical_and(hours >= 8, hours < 10)] = 1
    result[torch.logical_and(hours >= 16, hours < 19)] = 1
    return result


def is_late(minutes: Tensor, limit: float = 30.0) -> Tensor:
    return torch.from_numpy(minutes.numpy().ravel() > limit)


def select_late(features: Tensor, minutes: Tensor, limit: float) -> Tensor:
    return torch.from_numpy(features.numpy()[(minutes.numpy() - limit > 0).flatten(), :])


def grid_pick(table: Tensor, rows: Tensor, cols: Tensor) -> Tensor:
    return torch.from_numpy(table.numpy()[np.ix_(rows.numpy(), cols.numpy())])
