"""The sum keeps an empty dimension for the channels, but the picture has none any more.

Count the dimensions of a grey picture. Does the one you summed over still need a place?
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
    return (image * weights.reshape(3, 1, 1)).sum(dim=0, keepdim=True)
