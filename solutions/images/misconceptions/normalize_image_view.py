"""The answer is written over the picture that was handed in.

The caller's own picture is gone. Which line writes into `image`? Two names for one tensor are
still one tensor.
"""

function = "normalize_image"
code = "VIEW"
fails = ("test_normalize_image_divides_by_255", "test_normalize_image_leaves_the_picture_as_it_was")


def normalize_image(image):
    image.data = image.data / 255
    return image
