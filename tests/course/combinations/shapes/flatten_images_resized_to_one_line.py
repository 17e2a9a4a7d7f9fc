"""The input itself is flattened, and all pictures end up in one line."""

from torch import Tensor

function = "flatten_images"
codes = ("VIEW", "DIM")


def flatten_images(images: Tensor) -> Tensor:
    return images.resize_(images.numel())
