"""The sum has room, but it is squeezed back into bytes without a limit.

The sum is right, with room beyond both ends. What does a byte make of a number that does not fit?
"""

import torch

function = "brighten"
code = "OVF"
fails = (
    "test_brighten_stops_at_white",
    "test_brighten_stops_at_black",
    "test_brighten_to_exactly_white_and_black",
    "test_brighten_by_everything_and_by_nothing",
    "test_brighten_stays_vectorised_on_a_full_frame",
    "test_brighten_keeps_the_lamp_alight",
)


def brighten(image, amount):
    return (image.int() + amount).to(torch.uint8)
