"""Plain numbers in two loops: slow, and cut off from what they were computed from."""

import torch
from torch import Tensor

function = "neuron_multi"
codes = ("LOOP", "DET")


def neuron_multi(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    rows = []
    for i in range(x.shape[0]):
        total = float(b)
        for j in range(x.shape[1]):
            total += x[i, j].item() * w[j].item()
        rows.append([total])
    return torch.tensor(rows, dtype=x.dtype)
