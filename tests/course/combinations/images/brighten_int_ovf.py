"""The sum is done in bytes, and the answer is then handed back as int32."""

from torch import Tensor

function = "brighten"
codes = ("INT", "OVF")


def brighten(image: Tensor, amount: int) -> Tensor:
    return (image + amount).clamp(0, 255).int()
