"""Gradients are never cleared, and the loss is one of the notebook's."""

import torch
from torch import Tensor, nn

function = "train_step"
codes = ("ZG", "GLB")

criterion = nn.MSELoss()


def train_step(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_fn: nn.Module,  # noqa: ARG001
    x: Tensor,
    y: Tensor,
) -> float:
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()
    return float(loss.item())
