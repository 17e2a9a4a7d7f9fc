"""`view` refuses pictures whose numbers do not lie in memory in reading order.

A transposed picture shares the memory of the one it was made from. `view` can only look at memory
as it lies. Do you need it at all, if dimensions are only to change places?
"""

function = "nchw_to_nhwc"
code = "RSH"
fails = ("test_nchw_to_nhwc_of_views",)


def nchw_to_nhwc(images):
    count, channels, height, width = images.shape
    pixels = images.view(count, channels, -1).transpose(1, 2)
    return pixels.reshape(count, height, width, channels)
