"""What became darker is taken to have passed white, but a negative amount does that too.

A sum that got smaller has started again at 0: a clever test, while the amount is positive. What
does it say of an amount below 0?
"""

function = "brighten"
code = "OVF"
fails = (
    "test_brighten_adds_the_amount",
    "test_brighten_stops_at_black",
    "test_brighten_to_exactly_white_and_black",
    "test_brighten_by_everything_and_by_nothing",
    "test_brighten_leaves_the_picture_as_it_was",
)


def brighten(image, amount):
    result = image + amount
    result[result < image] = 255
    return result
