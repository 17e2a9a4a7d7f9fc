"""All channels count the same; the weights that are handed in are not used.

What does your function answer when the weights change? They are handed in because not everybody's
camera, or eye, has the same.
"""

function = "to_gray"
code = "HARD"
fails = (
    "test_to_gray_adds_the_weighted_channels",
    "test_to_gray_of_three_rows_or_columns",
    "test_to_gray_of_one_channel_alone",
    "test_to_gray_takes_the_weights_as_they_are",
    "test_to_gray_keeps_float64",
    "test_to_gray_leaves_picture_and_weights_as_they_were",
    "test_to_gray_stays_vectorised_on_a_full_frame",
)


def to_gray(image, weights):  # noqa: ARG001 - ignoring them is the mistake
    return image.mean(dim=0)
