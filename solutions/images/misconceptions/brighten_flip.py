"""The limits are the wrong way round: what still has room is set to the limit.

Read the comparison aloud for a pixel of medium brightness. Which of the two answers should it get?
"""

import torch

function = "brighten"
code = "FLIP"
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
    roomy = torch.where(roomy < 255, 255, roomy)
    return torch.where(roomy > 0, roomy, 0).to(torch.uint8)
