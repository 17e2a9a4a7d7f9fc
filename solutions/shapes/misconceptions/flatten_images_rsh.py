"""The pixels are read column by column instead of line by line.

The right number of rows and pixels is not enough: in which order do the pixels stand? Take a
picture of two lines, name its pixels, and follow the second one by hand.
"""

function = "flatten_images"
code = "RSH"
fails = (
    "test_flatten_images_gives_one_row_per_picture",
    "test_flatten_images_gives_the_lessons_picture_fifty_thousand_columns",
    "test_flatten_images_that_were_transposed",
    "test_flatten_images_that_were_cropped",
    "test_flatten_images_keeps_the_type",
    "test_flatten_images_can_be_put_together_again",
)


def flatten_images(images):
    return images.transpose(1, 2).reshape(images.shape[0], -1)
