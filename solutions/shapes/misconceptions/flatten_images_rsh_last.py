"""The pixels are dealt out to the pictures in turn, and the pictures count the columns.

In your answer, which dimension counts the pictures? And whose pixels stand side by side in one
row? Number the pixels of two tiny pictures and look.
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
    return images.reshape(-1, images.shape[0])
