"""The sum runs down the columns of the picture, not over the channels.

Write down the shape before and after the sum. Which dimension has to disappear, and which one does
in yours?
"""

function = "to_gray"
code = "DIM"
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
    return (image * weights.reshape(3, 1, 1)).sum(dim=1)
