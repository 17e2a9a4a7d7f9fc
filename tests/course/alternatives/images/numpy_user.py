"""Pictures and tables by NumPy, there and back."""

import numpy as np
import torch
from torch import Tensor


def normalize_image(image: Tensor) -> Tensor:
    return torch.from_numpy(image.numpy().astype(np.float32) / 255.0)


def brighten(image: Tensor, amount: int) -> Tensor:
    pixels = np.clip(image.numpy().astype(int) + amount, 0, 255)
    return torch.from_numpy(pixels.astype(np.uint8))


def to_gray(image: Tensor, weights: Tensor) -> Tensor:
    return torch.from_numpy(np.tensordot(weights.numpy(), image.numpy(), axes=1))


def standardize(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    table = x.numpy()
    mean = table.mean(axis=0, keepdims=True)
    std = np.zeros_like(mean)
    if len(table) > 1:
        std = table.std(axis=0, ddof=1, keepdims=True)
    z = np.divide(table - mean, std, out=np.zeros_like(table), where=std != 0)
    return torch.tensor(z), torch.tensor(mean), torch.tensor(std)
