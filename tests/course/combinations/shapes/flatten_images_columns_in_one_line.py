"""The pixels are read column by column, and all pictures end up in one line."""

from torch import Tensor

function = "flatten_images"
codes = ("DIM", "RSH")


def flatten_images(images: Tensor) -> Tensor:
    return images.transpose(1, 2).flatten()
