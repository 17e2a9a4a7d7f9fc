"""The sum is limited only after it has started again at 0.

A limit helps only while the sum still knows how large it is. In which data type is the sum done,
and what is left to limit afterwards?
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
    return torch.clamp(image + amount, 0, 255)
