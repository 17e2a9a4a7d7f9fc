"""The sum wraps, and it is done in the picture that was handed in."""

from torch import Tensor

function = "brighten"
codes = ("VIEW", "OVF")


def brighten(image: Tensor, amount: int) -> Tensor:
    image += amount
    return image
