"""Rows and columns are swapped, and in the input itself."""

from torch import Tensor

function = "nchw_to_nhwc"
codes = ("TRN", "VIEW")


def nchw_to_nhwc(images: Tensor) -> Tensor:
    return images.transpose_(1, 3)
