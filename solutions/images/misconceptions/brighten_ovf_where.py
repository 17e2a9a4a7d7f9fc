"""Only the pixels that would pass white are looked after; below black bytes wrap.

You ask which pixels have no room left, and you ask before adding: that is a good thought. Which
question is still missing when the amount is negative?
"""

function = "brighten"
code = "OVF"
fails = (
    "test_brighten_stops_at_black",
    "test_brighten_to_exactly_white_and_black",
    "test_brighten_by_everything_and_by_nothing",
)


def brighten(image, amount):
    result = image + amount
    result[image.int() > 255 - amount] = 255
    return result
