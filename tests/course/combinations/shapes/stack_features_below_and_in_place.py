"""The inputs themselves become columns, and these stand below one another."""

import torch
from torch import Tensor

function = "stack_features"
codes = ("VIEW", "DIM")


def stack_features(distance: Tensor, hour: Tensor, weather: Tensor) -> Tensor:
    columns = [feature.unsqueeze_(1) for feature in (distance, hour, weather)]
    return torch.cat(columns).float()
