"""The numbers are right, but Python visits every pixel in a loop.

How many pixels has one frame of the camera? A tensor operation takes them all at once, also for
the question which of them are too bright.
"""

import torch

function = "brighten"
code = "LOOP"
fails = ("test_brighten_stays_vectorised_on_a_full_frame",)


def brighten(image, amount):
    rows = [[min(max(pixel + amount, 0), 255) for pixel in row] for row in image.tolist()]
    return torch.tensor(rows, dtype=torch.uint8)
