"""Pictures and tables by what PyTorch has built in."""

import torch
from torch import Tensor


def normalize_image(image: Tensor) -> Tensor:
    return image.to(torch.float32).mul(1 / 255)


def brighten(image: Tensor, amount: int) -> Tensor:
    return torch.clamp(image.float() + amount, min=0, max=255).byte()


def to_gray(image: Tensor, weights: Tensor) -> Tensor:
    return (weights.view(3, 1, 1) * image).sum(dim=0)


def standardize(x: Tensor) -> list[Tensor]:
    if x.shape[0] == 1:
        return [torch.zeros_like(x), x, x - x]
    std, mean = torch.std_mean(x, 0, keepdim=True)
    return [(x - mean) / (std + 1e-8), mean, std]
