# homework 1

import numpy as np
import torch


def make_deliveries(distances, minutes):
    assert_same(distances, minutes)
    x = np.array(distances, dtype=np.float32)[:, None]
    y = np.array(minutes, dtype=np.float32)[:, None]
    return torch.from_numpy(x), torch.from_numpy(y)


def assert_same(a, b):
    if len(a) != len(b):
        raise ValueError("not the same number of deliveries and times")


def pixel_count(height, width, channels=1):
    n = height
    n *= width
    n *= channels
    return n


def describe(x):
    d = {}
    d["shape"] = x.shape
    d["dtype"] = x.dtype
    d["ndim"] = x.ndim
    d["numel"] = torch.numel(x)
    d["device"] = x.device
    return d


def to_float32(x):
    return x.clone().to(dtype=torch.float32)


def single_input(value):
    return torch.from_numpy(np.full((1, 1), value, dtype=np.float32))
