"""The data type is right, but the division drops what comes after the point.

There are two kinds of division in Python, and one of them is meant for whole numbers only. What
does it make of a grey pixel, also of one that is a float?
"""

function = "normalize_image"
code = "INT"
fails = (
    "test_normalize_image_divides_by_255",
    "test_normalize_image_of_black_and_white",
    "test_normalize_image_of_a_dim_picture",
    "test_normalize_image_leaves_the_picture_as_it_was",
    "test_normalize_image_stays_vectorised_on_a_full_frame",
)


def normalize_image(image):
    return image.float() // 255
