"""The answer is right, but it is written into the picture that was handed in.

The caller's own picture is gone. Which line writes into `image`? Two names for one tensor are
still one tensor, and `tensor[:] = …` and `+=` change what the tensor holds.
"""

function = "brighten"
code = "VIEW"
fails = (
    "test_brighten_adds_the_amount",
    "test_brighten_stops_at_white",
    "test_brighten_stops_at_black",
    "test_brighten_to_exactly_white_and_black",
    "test_brighten_leaves_the_picture_as_it_was",
    "test_brighten_stays_vectorised_on_a_full_frame",
)


def brighten(image, amount):
    image[:] = (image.int() + amount).clamp(0, 255)
    return image
