"""Gradients are never cleared, and the record holds tensors."""

import torch
from torch import Tensor, nn

function = "fit"
codes = ("ZG", "DET")


def fit(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_fn: nn.Module,
    x: Tensor,
    y: Tensor,
    epochs: int,
) -> list[float]:
    losses = []
    for _ in range(epochs):
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)
    return losses
