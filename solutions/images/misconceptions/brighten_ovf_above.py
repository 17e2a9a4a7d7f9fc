"""The sum stops at black, but above white it starts again at 0.

The lower end is right. What does a byte make of a number above 255?
"""

import torch

function = "brighten"
code = "OVF"
fails = (
    "test_brighten_stops_at_white",
    "test_brighten_to_exactly_white_and_black",
    "test_brighten_by_everything_and_by_nothing",
    "test_brighten_stays_vectorised_on_a_full_frame",
    "test_brighten_keeps_the_lamp_alight",
)


def brighten(image, amount):
    return torch.relu(image.int() + amount).to(torch.uint8)
