"""The dimensions were swapped, and then cut anew until the shape was right. The numbers are not.

A wrong order is not mended by cutting: that gives the right sizes to the wrong numbers. Which
dimensions does your swap move, and which should move? Try a picture that is not square.
"""

function = "nchw_to_nhwc"
code = "RSH"
fails = (
    "test_nchw_to_nhwc_of_wide_and_tall_pictures",
    "test_nchw_to_nhwc_of_square_pictures",
    "test_nchw_to_nhwc_keeps_dimensions_of_one",
    "test_nchw_to_nhwc_of_views",
    "test_nchw_to_nhwc_keeps_the_type",
    "test_nchw_to_nhwc_the_channels_can_still_be_seen",
)


def nchw_to_nhwc(images):
    count, channels, height, width = images.shape
    return images.transpose(1, 3).reshape(count, height, width, channels)
