"""It walks uphill, and always starts at 0."""

import torch
from torch import Tensor

function = "train_neuron"
codes = ("UP", "HARD")


def train_neuron(
    x: Tensor,
    y: Tensor,
    lr: float,
    epochs: int,
    w0: float = 0.0,  # noqa: ARG001
    b0: float = 0.0,  # noqa: ARG001
) -> tuple[float, float, list[float]]:
    w, b = torch.zeros((), dtype=x.dtype), torch.zeros((), dtype=x.dtype)
    losses = []
    for _ in range(epochs):
        error = w * x + b - y
        losses.append((error**2).mean().item())
        w = w + lr * 2 * (error * x).mean()
        b = b + lr * 2 * error.mean()
    return w.item(), b.item(), losses
