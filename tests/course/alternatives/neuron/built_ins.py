"""Neuron and layer by what PyTorch has built in."""

import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody uses
from torch import Tensor, nn


def neuron(x: Tensor, w: float | Tensor, b: float | Tensor) -> Tensor:
    weight = torch.as_tensor(w, dtype=x.dtype).reshape(1, 1)
    bias = torch.as_tensor(b, dtype=x.dtype).reshape(1)
    return F.linear(x, weight, bias)


def neuron_multi(x: Tensor, w: Tensor, b: float | Tensor) -> Tensor:
    return F.linear(x, w[None, :]) + b


def layer(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    return F.linear(x, w, b)


def count_params(sizes: list[int]) -> int:
    pairs = zip(sizes, sizes[1:], strict=False)  # noqa: RUF007 - as a student would
    network = nn.Sequential(*(nn.Linear(before, after) for before, after in pairs))
    return sum(parameter.numel() for parameter in network.parameters())


def compose_linear(w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> list[Tensor]:
    return [torch.mm(w2, w1), F.linear(b1, w2, b2)]


def can_deliver(miles: float, w: float, b: float, limit: float = 30.0) -> bool:
    minutes = neuron(torch.tensor([[miles]], dtype=torch.float32), w, b)
    return minutes.item() <= limit
