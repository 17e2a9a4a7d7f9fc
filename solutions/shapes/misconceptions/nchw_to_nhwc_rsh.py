"""The shape is right, but the numbers were only cut anew: colours and pixels are mixed up.

Cutting the same list of numbers into other pieces moves nothing. Follow one number: after your
call, is it still in the same row, column and channel?
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
    return images.reshape(count, height, width, channels)
