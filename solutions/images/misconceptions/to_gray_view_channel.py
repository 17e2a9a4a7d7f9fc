"""The grey picture is right, but it was gathered in the input's own red channel.

The caller's own picture has lost its colours. Which line writes into `image`? A channel that you
take out of it is still a part of it, and `*=` and `+=` change what a tensor holds.
"""

function = "to_gray"
code = "VIEW"
fails = (
    "test_to_gray_adds_the_weighted_channels",
    "test_to_gray_of_three_rows_or_columns",
    "test_to_gray_takes_the_weights_as_they_are",
    "test_to_gray_keeps_float64",
    "test_to_gray_leaves_picture_and_weights_as_they_were",
)


def to_gray(image, weights):
    gray = image[0]
    gray *= weights[0]
    gray += weights[1] * image[1] + weights[2] * image[2]
    return gray
