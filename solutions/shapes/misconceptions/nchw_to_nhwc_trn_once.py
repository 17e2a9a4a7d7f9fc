"""The channels have moved by one place only: they stand between rows and columns.

One swap exchanges two neighbours. Write down the names of the four dimensions after it: what is
still between the channels and the end?
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
    return images.transpose(1, 2)
