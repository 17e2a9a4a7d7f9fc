"""Each picture is divided by its own brightest pixel, not by white.

In a picture taken at night no pixel is white, and it should stay a dark picture. Where does the
number come from that you divide by, and is it the same for every picture?
"""

function = "normalize_image"
code = "GMAX"
fails = (
    "test_normalize_image_divides_by_255",
    "test_normalize_image_of_a_dim_picture",
    "test_normalize_image_leaves_the_picture_as_it_was",
)


def normalize_image(image):
    return image / image.max()
