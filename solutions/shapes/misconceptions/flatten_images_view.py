"""The pictures that were handed in have themselves been flattened.

After your function has run, what shape has the tensor that its owner handed to you? A method whose
name ends in an underscore changes the tensor it is called on, and so does an assignment to
`.data`.
"""

function = "flatten_images"
code = "VIEW"
fails = (
    "test_flatten_images_gives_one_row_per_picture",
    "test_flatten_images_gives_the_lessons_picture_fifty_thousand_columns",
    "test_flatten_images_that_were_transposed",
    "test_flatten_images_that_were_cropped",
    "test_flatten_images_keeps_the_type",
)


def flatten_images(images):
    return images.resize_(images.shape[0], images.shape[1] * images.shape[2])
