"""Columns of pixels are taken for channels.

What does the first index of `image` count, and what the last? The three pictures lie one behind
the other, not side by side.
"""

function = "to_gray"
code = "DIM"
fails = (
    "test_to_gray_of_three_rows_or_columns",
    "test_to_gray_leaves_picture_and_weights_as_they_were",
)


def to_gray(image, weights):
    return sum(weights[c] * image[..., c] for c in range(3))
