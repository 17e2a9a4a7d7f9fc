"""A loop over the pixels, with a division that drops what comes after the point."""

import torch
from torch import Tensor

function = "normalize_image"
codes = ("LOOP", "INT")


def normalize_image(image: Tensor) -> Tensor:
    return torch.tensor([[pixel // 255 for pixel in row] for row in image.tolist()])
