"""Activations by what PyTorch has built in."""

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody uses
from torch import Tensor


def relu(x: Tensor) -> Tensor:
    return F.relu(x)


def leaky_relu(x: Tensor, slope: float = 0.01) -> Tensor:
    return F.relu(x) - slope * F.relu(-x)


def sigmoid(x: Tensor) -> Tensor:
    return torch.exp(F.logsigmoid(x))


def tanh(x: Tensor) -> Tensor:
    return 2 * torch.sigmoid(2 * x) - 1


def softmax(x: Tensor, dim: int) -> Tensor:
    return F.softmax(x, dim=dim)


def relu_bend(w: float, b: float) -> float:
    try:
        return -(b / w)
    except ZeroDivisionError as error:
        message = "w must not be 0"
        raise ValueError(message) from error
