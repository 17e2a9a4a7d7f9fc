"""The fractions are to be written into a tensor of whole numbers, and do not fit.

An operation that writes its answer into a tensor keeps the data type of that tensor. Which type
has the one that you divide in place?
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
    result = image.clone()
    result /= 255
    return result
