"""Neuron and layer with gradients written out by hand, and numbers through Python's own types."""

from typing import Any

import torch
from torch import Tensor


class Line(torch.autograd.Function):
    """x·Wᵀ + b with its own way back."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        ctx.save_for_backward(x, w)
        return torch.matmul(x, w.transpose(0, 1)) + b

    @staticmethod
    def backward(ctx: Any, slope: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x, w = ctx.saved_tensors
        return slope @ w, slope.T @ x, slope.sum(dim=0)


def layer(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return Line.apply(x, w, b)  # type: ignore[no-any-return, no-untyped-call]


def neuron_multi(x: Tensor, w: Tensor, b: float | Tensor) -> Tensor:
    bias = b if isinstance(b, Tensor) else torch.tensor(b, dtype=x.dtype, device=x.device)
    return layer(x, w.view(1, -1), bias.view(1))


def neuron(x: Tensor, w: float | Tensor, b: float | Tensor) -> Tensor:
    return torch.addcmul(x.new_zeros(()) + b, x, x.new_ones(()) * w)


def count_params(sizes: list[int]) -> int:
    total = 0
    for i, neurons in enumerate(sizes):
        if i > 0:
            total += neurons * (sizes[i - 1] + 1)
    return int(total)


def compose_linear(w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> tuple[Tensor, Tensor]:
    # Weights and biases side by side: one product composes both.
    first = torch.cat([w1, b1.unsqueeze(1)], dim=1)
    both = w2 @ first
    both[:, -1] += b2
    return both[:, :-1], both[:, -1]


def can_deliver(miles: float, w: float, b: float, limit: float = 30.0) -> bool:
    return bool(torch.tensor(w * miles + b, dtype=torch.float64) <= limit)
