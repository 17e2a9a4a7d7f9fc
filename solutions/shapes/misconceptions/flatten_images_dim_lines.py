"""Each line of pixels has become an example of its own: the wrong dimensions were joined.

You have joined the pictures with their lines. Which two of the three dimensions together make up
one picture?
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
    return images.flatten(0, 1)
