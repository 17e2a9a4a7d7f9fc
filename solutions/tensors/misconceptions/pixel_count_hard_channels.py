"""The size of the lesson's small picture is written into the answer; only the channels count.

Two of the three arguments are never looked at. Which?
"""

function = "pixel_count"
code = "HARD"
fails = (
    "test_pixel_count_of_the_lessons_pictures",
    "test_pixel_count_colour_has_three_numbers_per_pixel",
    "test_pixel_count_of_any_size",
)


def pixel_count(height, width, channels=1):  # noqa: ARG001
    return 224 * 224 * channels
