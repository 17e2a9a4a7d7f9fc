"""All pictures in one line, by `view`, which refuses what lies in memory otherwise."""

from torch import Tensor

function = "flatten_images"
codes = ("DIM", "RSH")


def flatten_images(images: Tensor) -> Tensor:
    return images.view(-1)
