"""Activations from exponentials, masks and absolute values alone."""

import torch
from torch import Tensor


def relu(x: Tensor) -> Tensor:
    result = x.clone()
    result[x < 0] = 0
    return result


def leaky_relu(x: Tensor, slope: float = 0.01) -> Tensor:
    is_negative = x < 0
    return x.masked_fill(is_negative, 0) + slope * x.masked_fill(~is_negative, 0)


def sigmoid(x: Tensor) -> Tensor:
    small = torch.exp(-x.abs())
    return torch.where(x < 0, small, torch.ones_like(x)) / (1 + small)


def tanh(x: Tensor) -> Tensor:
    small = torch.exp(-2 * x.abs())
    return x.sign() * (1 - small) / (1 + small)


def softmax(x: Tensor, dim: int) -> Tensor:
    return torch.exp(x - torch.logsumexp(x, dim, keepdim=True))


def relu_bend(w: float, b: float) -> float:
    if not w:
        message = "a flat line does not bend"
        raise ValueError(message)
    return (0.0 - b) / w
