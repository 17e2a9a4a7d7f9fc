"""The weights meet the columns, and are multiplied into the input itself."""

from torch import Tensor

function = "to_gray"
codes = ("COL", "VIEW")


def to_gray(image: Tensor, weights: Tensor) -> Tensor:
    image *= weights
    return image.sum(dim=0)
