"""Whole numbers are divided first, and become float32 only when it is too late.

The right data type came too late: what is lost in the division does not come back. In which order
would you convert and divide?
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
    return (image // 255).float()
