"""Pictures and tables by masks on a copy, matrix products and repaired NaN."""

import torch
from torch import Tensor


def normalize_image(image: Tensor) -> Tensor:
    result = image.clone().double()
    result /= 255
    return result.float()


def brighten(image: Tensor, amount: int) -> Tensor:
    roomy = image.clone().int()
    roomy += amount
    roomy[roomy > 255] = 255
    roomy[roomy < 0] = 0
    return roomy.type(torch.uint8)


def to_gray(image: Tensor, weights: Tensor) -> Tensor:
    return image.permute(1, 2, 0) @ weights


def standardize(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    ones = torch.ones(1, len(x), dtype=x.dtype)
    mean = ones @ x / len(x)
    squares = ones @ (x - mean) ** 2
    std = torch.sqrt(torch.nan_to_num(squares / (len(x) - 1)))
    return torch.nan_to_num((x - mean) / std), mean, std
