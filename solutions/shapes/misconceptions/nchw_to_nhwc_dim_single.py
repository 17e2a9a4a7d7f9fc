"""The new order does not have a place for each of the four dimensions.

Count what your order names. That may do for a single picture: what stands first in a batch, and
where should it stand afterwards?
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
    return images.permute(1, 2, 0)
