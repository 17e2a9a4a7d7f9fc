"""The sum runs over the whole picture: a single number is left.

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
)


def to_gray(image, weights):
    return (image * weights.reshape(3, 1, 1)).sum()
