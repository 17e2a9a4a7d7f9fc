import math

import torch


def make_deliveries(distances, minutes):
    # strict=True raises the ValueError for me :)
    table = torch.tensor(list(zip(distances, minutes, strict=True)), dtype=torch.float32)
    return table[:, :1], table[:, 1:]


def pixel_count(height, width, channels=1):
    return math.prod([height, width, channels])


def describe(x):
    return {
        "shape": x.shape(),
        "dtype": x.dtype(),
        "ndim": x.ndim,
        "numel": x.numel(),
        "device": x.device,
    }


def to_float32(x):
    return torch.empty_like(x, dtype=torch.float32).copy_(x)


def single_input(value):
    return value * torch.ones(1, 1)
