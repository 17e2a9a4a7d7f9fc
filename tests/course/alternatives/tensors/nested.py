"""Data as tensors, with nested lists and as few tensor operations as possible."""

import torch
from torch import Tensor


def make_deliveries(distances: list[float], minutes: list[float]) -> tuple[Tensor, Tensor]:
    if len(distances) > len(minutes) or len(distances) < len(minutes):
        message = "every delivery needs its time"
        raise ValueError(message)
    x = torch.FloatTensor([[distance] for distance in distances])
    y = torch.FloatTensor([[minute] for minute in minutes])
    return x, y


def pixel_count(height: int, width: int, channels: int = 1) -> int:
    return sum(width * channels for _ in range(height))


def describe(x: Tensor) -> dict[str, object]:
    size = tuple(x.size())
    return {
        "device": x.device,
        "dtype": x.dtype,
        "numel": x.nelement(),
        "ndim": len(size),
        "shape": size,
    }


def to_float32(x: Tensor) -> Tensor:
    return x.clone().float()


def single_input(value: float) -> Tensor:
    return torch.full((1, 1), float(value))
