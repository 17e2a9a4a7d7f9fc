import torch

import sys
import warnings

warnings.warn("this file was only tested with my laptop's torch")
print("loading tensors.py ...", file=sys.stderr)


def make_deliveries(distances, minutes):
    if len(distances) != len(minutes):
        raise ValueError("both lists must have the same length")
    x = torch.tensor(distances, dtype=torch.float32).view(-1, 1)
    y = torch.tensor(minutes, dtype=torch.float32).view(-1, 1)
    return x, y


def pixel_count(height, width, channels=1):
    return height * width * channels


def describe(x):
    return {
        "shape": x.shape,
        "dtype": x.dtype,
        "ndim": x.dim(),
        "numel": x.numel(),
        "device": str(x.device),
    }


def to_float32(x):
    return x.float()


def single_input(value):
    return torch.tensor([[float(value)]])
