"""All pictures end up in a single row: one example, however many pictures there were.

Read your shape aloud: how many pictures does it say there are? For a single picture it is right.
How can the shape of the input say how many rows there are?
"""

function = "flatten_images"
code = "DIM"
fails = (
    "test_flatten_images_gives_one_row_per_picture",
    "test_flatten_images_gives_the_lessons_picture_fifty_thousand_columns",
    "test_flatten_images_that_were_transposed",
    "test_flatten_images_that_were_cropped",
    "test_flatten_images_keeps_the_type",
)


def flatten_images(images):
    return images.reshape(1, -1)
