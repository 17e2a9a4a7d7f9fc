"""Each row holds numbers of several deliveries, in float64."""

import torch
from torch import Tensor

function = "stack_features"
codes = ("RSH", "F64")


def stack_features(distance: Tensor, hour: Tensor, weather: Tensor) -> Tensor:
    return torch.stack([distance.double(), hour.double(), weather.double()]).view(-1, 3)
