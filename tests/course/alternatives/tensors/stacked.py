"""Data as tensors, with columns cut out of one table and sizes multiplied by `math.prod`."""

import math

import torch
from torch import Tensor


def make_deliveries(distances: list[float], minutes: list[float]) -> list[Tensor]:
    table = torch.tensor(list(zip(distances, minutes, strict=True)), dtype=torch.float32)
    return [table[:, :1], table[:, 1:]]


def pixel_count(height: int, width: int, channels: int = 1) -> int:
    return math.prod((height, width, channels))


def describe(x: Tensor) -> dict[str, object]:
    facts: dict[str, object] = {name: getattr(x, name) for name in ("shape", "dtype", "ndim")}
    facts["numel"] = math.prod(x.shape)
    facts["device"] = str(x.device)
    return facts


def to_float32(x: Tensor) -> Tensor:
    return torch.empty_like(x, dtype=torch.float32).copy_(x)


def single_input(value: float) -> Tensor:
    return value * torch.ones(1, 1)
