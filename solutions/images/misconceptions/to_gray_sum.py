"""The mean of the three weighted channels is taken instead of their sum.

The formula in the docstring adds three products, and that is all. By what is yours divided?
"""

function = "to_gray"
code = "SUM"
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
    return (image * weights.reshape(3, 1, 1)).mean(dim=0)
