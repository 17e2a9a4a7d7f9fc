"""The sum stops at white, but below black it starts again at 255.

The upper end is right. An amount may be negative: what does a byte make of a number below 0?
"""

import torch

function = "brighten"
code = "OVF"
fails = (
    "test_brighten_stops_at_black",
    "test_brighten_to_exactly_white_and_black",
    "test_brighten_by_everything_and_by_nothing",
)


def brighten(image, amount):
    return (image.int() + amount).clamp(max=255).to(torch.uint8)
