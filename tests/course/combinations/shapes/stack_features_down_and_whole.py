"""Features go down, and the numbers were made whole on the way."""

import torch
from torch import Tensor

function = "stack_features"
codes = ("DIM", "INT")


def stack_features(distance: Tensor, hour: Tensor, weather: Tensor) -> Tensor:
    return torch.stack([distance.long(), hour.long(), weather.long()]).float()
