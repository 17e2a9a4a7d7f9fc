"""The answer stays in the larger integer type of the sum, and is no picture of bytes.

The numbers are right, and they fit into a byte again. Which data type has your answer, and which
one is asked for?
"""

function = "brighten"
code = "INT"
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
    return (image.int() + amount).clamp(0, 255)
