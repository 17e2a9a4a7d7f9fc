"""The weights are reshaped where they should be turned, in a new layer with its own parameters."""

import torch
from torch import Tensor

function = "layer"
codes = ("RSH", "DET")


def layer(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    weight = torch.nn.Parameter(w.reshape(w.shape[1], w.shape[0]))
    return x @ weight + b.detach()
