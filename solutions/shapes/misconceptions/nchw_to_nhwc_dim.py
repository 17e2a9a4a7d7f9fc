"""The pictures were moved to the end instead of the channels.

That is right for a single picture, whose first dimension is the channel. Here the first dimension
counts something else. Which one counts the channels?
"""

function = "nchw_to_nhwc"
code = "DIM"
fails = (
    "test_nchw_to_nhwc_of_wide_and_tall_pictures",
    "test_nchw_to_nhwc_of_square_pictures",
    "test_nchw_to_nhwc_keeps_dimensions_of_one",
    "test_nchw_to_nhwc_of_views",
    "test_nchw_to_nhwc_keeps_the_type",
    "test_nchw_to_nhwc_the_channels_can_still_be_seen",
)


def nchw_to_nhwc(images):
    return images.movedim(0, -1)
