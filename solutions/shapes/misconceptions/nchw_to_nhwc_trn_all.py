"""All four dimensions stand in reverse order, so the pictures are counted last.

Turning everything round moves more than the channels. Read your shape aloud: where are the
pictures, and are rows still before columns?
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
    return images.permute(3, 2, 1, 0)
