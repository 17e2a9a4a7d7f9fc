# Olga P.

import math

import torch


def make_deliveries(distances, minutes):
    # strict=True raises the ValueError for me :)
    table = torch.tensor(list(zip(distances, minutes, strict=True)), dtype=torch.float32)
    return table[:, :1], table[:, 1:]


def pixel_count(height, width, channels=1):
    return math.prod([height, width, channels])


def describe(x):
    facts = {name: getattr(x, name) for name in ("shape", "dtype", "ndim", "device")}
    facts["numel"] = math.prod(x.shape)
    return facts


def to_float32(x):
    return torch.empty_like(x, dtype=torch.float32).copy_(x)


def single_input(value):
    return value * torch.ones(1, 1)
