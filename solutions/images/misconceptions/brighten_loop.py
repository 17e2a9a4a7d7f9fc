"""The numbers are right, but Python visits every pixel in a loop.

How many pixels has one frame of the camera? A tensor operation takes them all at once, also for
the question which of them are too bright.
"""

function = "brighten"
code = "LOOP"
fails = ("test_brighten_stays_vectorised_on_a_full_frame",)


def brighten(image, amount):
    result = image.clone()
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            value = image[row, column].item() + amount
            result[row, column] = min(max(value, 0), 255)
    return result
