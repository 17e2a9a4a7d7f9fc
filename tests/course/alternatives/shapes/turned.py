"""Shape, by turning tables over, and with a layer where a method would do."""

import torch
from torch import Tensor, nn


def flatten_images(images: Tensor) -> Tensor:
    flatten = nn.Flatten()
    rows: Tensor = flatten(images)
    return rows


def nchw_to_nhwc(images: Tensor) -> Tensor:
    return images.transpose(1, 2).transpose(2, 3).contiguous()


def stack_features(distance: Tensor, hour: Tensor, weather: Tensor) -> Tensor:
    rows = [feature.double() for feature in (distance, hour, weather)]
    return torch.vstack(rows).T.float()


def split_targets(table: Tensor) -> list[Tensor]:
    columns = table.clone().T
    return [columns[:-1].T, columns[-1:].T]
