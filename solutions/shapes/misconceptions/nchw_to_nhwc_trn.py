"""The channels are last, but rows and columns have changed places: pictures lie on their side.

Swapping two dimensions moves both of them. Write down the names of the four dimensions before and
after your swap: where are H and W? On a square picture you would not notice.
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
    return images.transpose(1, 3)
