"""There is a row for each picture, but the pixels in it come from all the pictures.

The numbers were cut the wrong way round and then turned until the shape fitted. Turning does not
undo cutting. Number the pixels of two tiny pictures: whose are in the first row?
"""

function = "flatten_images"
code = "RSH"
fails = (
    "test_flatten_images_gives_one_row_per_picture",
    "test_flatten_images_gives_the_lessons_picture_fifty_thousand_columns",
    "test_flatten_images_that_were_transposed",
    "test_flatten_images_that_were_cropped",
    "test_flatten_images_keeps_the_type",
)


def flatten_images(images):
    return images.reshape(-1, images.shape[0]).T
