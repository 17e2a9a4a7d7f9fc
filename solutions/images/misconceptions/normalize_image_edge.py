"""White becomes a little less than 1: the scale is one step too long.

There are 256 brightnesses, and the darkest of them is 0. Which number has the brightest, and what
should become of it?
"""

function = "normalize_image"
code = "EDGE"
fails = (
    "test_normalize_image_divides_by_255",
    "test_normalize_image_of_black_and_white",
    "test_normalize_image_of_a_dim_picture",
    "test_normalize_image_leaves_the_picture_as_it_was",
)


def normalize_image(image):
    return image / 256
