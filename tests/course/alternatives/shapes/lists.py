"""Shape, by way of lists: slow, and right."""

import torch
from torch import Tensor


def flatten_images(images: Tensor) -> Tensor:
    rows = [[pixel for line in image for pixel in line] for image in images.tolist()]
    return torch.tensor(rows, dtype=images.dtype)


def nchw_to_nhwc(images: Tensor) -> Tensor:
    count, channels, height, width = images.shape
    pixels = images.reshape(count, channels, height * width)
    return pixels.mT.reshape(count, height, width, channels)


def stack_features(distance: Tensor, hour: Tensor, weather: Tensor) -> Tensor:
    rows = list(zip(distance.tolist(), hour.tolist(), weather.tolist(), strict=True))
    return torch.Tensor(rows)


def split_targets(table: Tensor) -> tuple[Tensor, Tensor]:
    is_target = torch.zeros(table.shape[1], dtype=torch.bool)
    is_target[-1] = True
    return table[:, ~is_target], table[:, is_target]
