"""An `if` is asked about a whole picture at once.

A whole picture has no single answer to "is it above 255?": each pixel has its own. `if`, `min` and
`max` want one answer. Which tensor operations ask each number for itself?
"""

import torch

function = "brighten"
code = "CHAIN"
fails = (
    "test_brighten_adds_the_amount",
    "test_brighten_stops_at_white",
    "test_brighten_stops_at_black",
    "test_brighten_to_exactly_white_and_black",
    "test_brighten_by_everything_and_by_nothing",
    "test_brighten_leaves_the_picture_as_it_was",
    "test_brighten_stays_vectorised_on_a_full_frame",
    "test_brighten_keeps_the_lamp_alight",
)


def brighten(image, amount):
    roomy = image.int() + amount
    if roomy > 255:
        roomy = torch.full_like(roomy, 255)
    if roomy < 0:
        roomy = torch.zeros_like(roomy)
    return roomy.to(torch.uint8)
