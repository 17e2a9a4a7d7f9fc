# René Lefèvre, février
# les données de la livraison, préparées à la main

import torch


def make_deliveries(distances, minutes):
    if len(distances) - len(minutes):
        raise ValueError(f"{len(distances)} != {len(minutes)}")
    return [torch.FloatTensor([[d] for d in distances]), torch.FloatTensor([[m] for m in minutes])]


def pixel_count(height, width, channels=1):
    return torch.Size([height, width, channels]).numel()


def describe(x):
    return dict(shape=tuple(x.size()), dtype=x.dtype, ndim=len(x.shape), numel=x.nelement(), device=x.device)


def to_float32(x):
    return x.type(torch.float32)


def single_input(value):
    return torch.full((1, 1), float(value))
