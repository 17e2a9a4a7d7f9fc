"""The weights meet the rows of the picture instead of its channels.

Shapes are compared from the right, and a missing dimension is added on the left. Which dimension
of `image` do the three weights meet in yours, and how do they get to the first one?
"""

function = "to_gray"
code = "COL"
fails = (
    "test_to_gray_adds_the_weighted_channels",
    "test_to_gray_of_three_rows_or_columns",
    "test_to_gray_of_one_channel_alone",
    "test_to_gray_takes_the_weights_as_they_are",
    "test_to_gray_keeps_float64",
    "test_to_gray_leaves_picture_and_weights_as_they_were",
    "test_to_gray_stays_vectorised_on_a_full_frame",
)


def to_gray(image, weights):
    return (image * weights.unsqueeze(1)).sum(dim=0)
