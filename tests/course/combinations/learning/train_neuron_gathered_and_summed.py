"""Slopes pile up from step to step, and they are those of the sum."""

import torch
from torch import Tensor

function = "train_neuron"
codes = ("ZG", "SUM")


def train_neuron(
    x: Tensor, y: Tensor, lr: float, epochs: int, w0: float = 0.0, b0: float = 0.0
) -> tuple[float, float, list[float]]:
    w, b = torch.tensor(w0, dtype=x.dtype), torch.tensor(b0, dtype=x.dtype)
    dw, db = torch.zeros_like(w), torch.zeros_like(b)
    losses = []
    for _ in range(epochs):
        error = w * x + b - y
        losses.append((error**2).sum().item())
        dw = dw + 2 * (error * x).sum()
        db = db + 2 * error.sum()
        w, b = w - lr * dw, b - lr * db
    return w.item(), b.item(), losses
