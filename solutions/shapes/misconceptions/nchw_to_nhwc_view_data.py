"""The pictures that were handed in have themselves been turned.

After your function has run, what shape has the tensor that its owner handed to you? A method whose
name ends in an underscore changes the tensor it is called on, and so does an assignment to
`.data`.
"""

function = "nchw_to_nhwc"
code = "VIEW"
fails = (
    "test_nchw_to_nhwc_of_wide_and_tall_pictures",
    "test_nchw_to_nhwc_of_square_pictures",
    "test_nchw_to_nhwc_keeps_dimensions_of_one",
    "test_nchw_to_nhwc_of_views",
    "test_nchw_to_nhwc_keeps_the_type",
)


def nchw_to_nhwc(images):
    images.data = images.data.permute(0, 2, 3, 1)
    return images
