"""A dimension for the channels is left over, although all three are mixed.

Count the dimensions of a grey picture. Which one of yours has nothing left to count?
"""

function = "to_gray"
code = "KD"
fails = (
    "test_to_gray_adds_the_weighted_channels",
    "test_to_gray_of_three_rows_or_columns",
    "test_to_gray_of_one_channel_alone",
    "test_to_gray_takes_the_weights_as_they_are",
    "test_to_gray_keeps_float64",
    "test_to_gray_leaves_picture_and_weights_as_they_were",
)


def to_gray(image, weights):
    return image.permute(1, 2, 0) @ weights.unsqueeze(1)
