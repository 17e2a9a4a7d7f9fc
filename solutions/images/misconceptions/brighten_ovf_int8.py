"""The sum is done in int8, which ends at 127 already.

Not every data type with a sign has more room than a byte. Where does the one you chose begin, and
where does it end?
"""

import torch

function = "brighten"
code = "OVF"
fails = (
    "test_brighten_adds_the_amount",
    "test_brighten_stops_at_white",
    "test_brighten_to_exactly_white_and_black",
    "test_brighten_by_everything_and_by_nothing",
    "test_brighten_leaves_the_picture_as_it_was",
    "test_brighten_stays_vectorised_on_a_full_frame",
    "test_brighten_keeps_the_lamp_alight",
)


def brighten(image, amount):
    return (image.to(torch.int8) + amount).clamp(0, 255).to(torch.uint8)
