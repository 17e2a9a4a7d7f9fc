"""Each picture has become a column, and the rows count the pixels.

Your pixels are in the right order, but the table lies on its side. Examples go down, features go
across: which dimension of your answer counts the pictures?
"""

function = "flatten_images"
code = "TRN"
fails = (
    "test_flatten_images_gives_one_row_per_picture",
    "test_flatten_images_gives_the_lessons_picture_fifty_thousand_columns",
    "test_flatten_images_that_were_transposed",
    "test_flatten_images_that_were_cropped",
    "test_flatten_images_keeps_the_type",
    "test_flatten_images_can_be_put_together_again",
)


def flatten_images(images):
    return images.flatten(start_dim=1).T
