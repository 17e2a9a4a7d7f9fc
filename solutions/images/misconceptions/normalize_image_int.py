"""The division gives whole numbers: nearly every pixel becomes 0.

Between 0 and 1 there is no room for whole numbers. Which data type has your answer, and what
became of everything that came after the point?
"""

function = "normalize_image"
code = "INT"
fails = (
    "test_normalize_image_divides_by_255",
    "test_normalize_image_of_black_and_white",
    "test_normalize_image_of_a_dim_picture",
    "test_normalize_image_leaves_the_picture_as_it_was",
    "test_normalize_image_stays_vectorised_on_a_full_frame",
)


def normalize_image(image):
    return image // 255
