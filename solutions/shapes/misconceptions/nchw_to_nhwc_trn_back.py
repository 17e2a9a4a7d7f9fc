"""This is the way back: from NHWC to NCHW, not from NCHW to NHWC.

For each place in the answer you say which dimension of the input goes there. Which one have you
put last, and what does it count?
"""

function = "nchw_to_nhwc"
code = "TRN"
fails = (
    "test_nchw_to_nhwc_of_wide_and_tall_pictures",
    "test_nchw_to_nhwc_of_square_pictures",
    "test_nchw_to_nhwc_keeps_dimensions_of_one",
    "test_nchw_to_nhwc_of_views",
    "test_nchw_to_nhwc_keeps_the_type",
    "test_nchw_to_nhwc_the_channels_can_still_be_seen",
)


def nchw_to_nhwc(images):
    return images.permute(0, 3, 1, 2)
