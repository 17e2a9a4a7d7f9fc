"""The answer is always the count of the lesson's small picture, whatever is asked.

What would you answer for a picture of another size? Which of your numbers should come from the
arguments?
"""

function = "pixel_count"
code = "HARD"
fails = (
    "test_pixel_count_of_the_lessons_pictures",
    "test_pixel_count_colour_has_three_numbers_per_pixel",
    "test_pixel_count_of_any_size",
)


def pixel_count(height, width, channels=1):  # noqa: ARG001
    return 50176
