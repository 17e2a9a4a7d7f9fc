"""The limit is 256, and the answer stays in float32."""

from torch import Tensor

function = "brighten"
codes = ("INT", "EDGE")


def brighten(image: Tensor, amount: int) -> Tensor:
    return (image.float() + amount).clamp(0, 256)
