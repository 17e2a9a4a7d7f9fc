"""The answer is written into the picture that was handed in, as whole numbers.

The caller's own picture is gone. Which line writes into `image`? Two names for one tensor are
still one tensor. And which data type does it keep?
"""

function = "normalize_image"
code = "VIEW"
fails = ("test_normalize_image_divides_by_255", "test_normalize_image_leaves_the_picture_as_it_was")


def normalize_image(image):
    image[:] = image / 255
    return image
