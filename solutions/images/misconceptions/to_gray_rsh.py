"""The picture is reshaped where its dimensions should be reordered: pixels get mixed.

The same numbers in the same order, cut into other pieces: in memory the whole red picture comes
first, then the green one. Which operation moves a dimension without mixing what belongs to
different pixels?
"""

function = "to_gray"
code = "RSH"
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
    height, width = image.shape[1:]
    return image.reshape(height, width, 3) @ weights
