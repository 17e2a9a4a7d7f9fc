"""The numbers are right, but in float64, whatever came in.

Double precision takes twice the memory, and the weights of a network are float32. Which line
brought float64 in?
"""

function = "to_gray"
code = "F64"
fails = (
    "test_to_gray_adds_the_weighted_channels",
    "test_to_gray_of_three_rows_or_columns",
    "test_to_gray_of_one_channel_alone",
    "test_to_gray_takes_the_weights_as_they_are",
    "test_to_gray_leaves_picture_and_weights_as_they_were",
)


def to_gray(image, weights):
    return (image.double() * weights.double().reshape(3, 1, 1)).sum(dim=0)
