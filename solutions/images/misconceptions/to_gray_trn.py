"""Rows and columns have changed places: the picture lies on its side.

Follow one corner of the picture through your function: which row and which column has it at the
end? Moving the channels to the back is right. What happens to the two other dimensions meanwhile?
"""

function = "to_gray"
code = "TRN"
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
    return image.transpose(0, 2) @ weights
