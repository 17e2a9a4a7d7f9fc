"""Pictures and tables by masks, tables of answers, and loops over channels and columns."""

import torch
from torch import Tensor


def normalize_image(image: Tensor) -> Tensor:
    every_answer = torch.tensor([brightness / 255 for brightness in range(256)])
    return every_answer[image.long()]


def brighten(image: Tensor, amount: int) -> Tensor:
    # What has no room is moved out of the way first, so that no byte ever overflows.
    if amount >= 0:
        return image.clamp(max=255 - amount) + amount
    return image.clamp(min=-amount) - (-amount)


def to_gray(image: Tensor, weights: Tensor) -> Tensor:
    gray = torch.zeros_like(image[0])
    for channel, weight in zip(image, weights, strict=True):
        gray += weight * channel
    return gray


def standardize(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    rows, columns = x.shape
    z = x.clone()
    mean = torch.zeros(1, columns, dtype=x.dtype)
    std = torch.zeros(1, columns, dtype=x.dtype)
    for j in range(columns):
        mean[0, j] = x[:, j].sum() / rows
        z[:, j] -= mean[0, j]
        if rows > 1:
            std[0, j] = ((z[:, j] ** 2).sum() / (rows - 1)) ** 0.5
        if std[0, j] != 0:
            z[:, j] /= std[0, j]
    return z, mean, std
