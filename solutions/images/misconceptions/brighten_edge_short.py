"""The limit is one step short of white.

White is the largest number that fits into a byte. Is that the number of different brightnesses, or
one of them?
"""

import torch

function = "brighten"
code = "EDGE"
fails = (
    "test_brighten_stops_at_white",
    "test_brighten_to_exactly_white_and_black",
    "test_brighten_by_everything_and_by_nothing",
    "test_brighten_stays_vectorised_on_a_full_frame",
)


def brighten(image, amount):
    return (image.int() + amount).clamp(0, 254).to(torch.uint8)
