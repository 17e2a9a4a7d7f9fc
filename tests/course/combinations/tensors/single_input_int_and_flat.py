"""One dimension is missing, and a whole number stays whole."""

import torch
from torch import Tensor

function = "single_input"
codes = ("INT", "COL")


def single_input(value: float) -> Tensor:
    return torch.tensor([value])
