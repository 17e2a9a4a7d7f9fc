"""Neuron and layer without a single matrix product: sums of products, by broadcasting."""

import torch
from torch import Tensor


def neuron(x: Tensor, w: float | Tensor, b: float | Tensor) -> Tensor:
    return x.clone().mul_(w).add_(b)


def neuron_multi(x: Tensor, w: Tensor, b: float | Tensor) -> Tensor:
    return (x * w).sum(dim=1, keepdim=True) + b


def layer(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return (x[:, None, :] * w[None, :, :]).sum(dim=-1) + b.reshape(1, -1)


def count_params(sizes: list[int]) -> int:
    if len(sizes) < 2:
        return 0
    inputs, neurons, *_ = sizes
    return neurons * inputs + neurons + count_params(sizes[1:])


def compose_linear(w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> tuple[Tensor, Tensor]:
    w = (w2[:, :, None] * w1[None, :, :]).sum(dim=1)
    b = torch.sum(w2 * b1, dim=1) + b2
    return w, b


def can_deliver(miles: float, w: float, b: float, limit: float = 30.0) -> bool:
    return not miles * w > limit - b
