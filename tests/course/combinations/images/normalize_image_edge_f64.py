"""Divided by 256, in double precision."""

from torch import Tensor

function = "normalize_image"
codes = ("EDGE", "F64")


def normalize_image(image: Tensor) -> Tensor:
    return image.double() / 256
