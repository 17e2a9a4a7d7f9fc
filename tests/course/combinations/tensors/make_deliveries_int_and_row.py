"""The columns lie on their side, and whole numbers stay whole."""

import torch
from torch import Tensor

function = "make_deliveries"
codes = ("INT", "COL")


def make_deliveries(distances: list[float], minutes: list[float]) -> tuple[Tensor, Tensor]:
    if len(distances) != len(minutes):
        raise ValueError
    return torch.tensor(distances).unsqueeze(0), torch.tensor(minutes).unsqueeze(0)
