"""Shape, piece by piece: empty tensors that are filled, and loops where nobody asked for speed."""

import torch
from torch import Tensor


def flatten_images(images: Tensor) -> Tensor:
    rows = images.new_zeros((images.shape[0], images.shape[1] * images.shape[2]))
    for row, image in zip(rows, images, strict=True):
        row[:] = torch.cat(list(image))
    return rows


def nchw_to_nhwc(images: Tensor) -> Tensor:
    return torch.stack([images[:, channel] for channel in range(images.size(1))], dim=-1)


def stack_features(distance: Tensor, hour: Tensor, weather: Tensor) -> Tensor:
    table = torch.empty(distance.numel(), 3)
    for column, feature in enumerate((distance, hour, weather)):
        table[:, column] = feature
    return table


def split_targets(table: Tensor) -> tuple[Tensor, Tensor]:
    last = table.shape[1] - 1
    features = torch.stack([row[:last] for row in table])
    return features, table[:, last].reshape(-1, 1)
