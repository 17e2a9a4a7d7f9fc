"""The numbers are right, but in float64 instead of float32.

Double precision takes twice the memory, and the weights of a network are float32: the first layer
would refuse your answer. Which line brought float64 in?
"""

function = "normalize_image"
code = "F64"
fails = (
    "test_normalize_image_divides_by_255",
    "test_normalize_image_of_black_and_white",
    "test_normalize_image_of_a_dim_picture",
    "test_normalize_image_leaves_the_picture_as_it_was",
)


def normalize_image(image):
    return image.double() / 255
