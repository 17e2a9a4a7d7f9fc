"""All pictures end up in one long line: the dimension that counts them is gone, too.

Read your shape aloud: how many pictures does it say there are? From which dimension on should the
numbers be laid out in a line?
"""

function = "flatten_images"
code = "DIM"
fails = (
    "test_flatten_images_gives_one_row_per_picture",
    "test_flatten_images_gives_the_lessons_picture_fifty_thousand_columns",
    "test_flatten_images_that_were_transposed",
    "test_flatten_images_that_were_cropped",
    "test_flatten_images_keeps_the_type",
    "test_flatten_images_can_be_put_together_again",
)


def flatten_images(images):
    return images.flatten()
