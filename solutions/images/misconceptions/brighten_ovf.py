"""A byte starts again at its other end: what should pass white has turned dark.

What is 200 + 100 in a byte? Look at the data type in which your sum is done: has it room for what
lies beyond both ends?
"""

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
    return image + amount
