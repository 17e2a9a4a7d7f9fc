"""The numbers are right, but Python visits every pixel in a loop.

How many pixels has one frame of the camera? A loop over the three channels is quick; a loop over
the pixels is not.
"""

import torch

function = "to_gray"
code = "LOOP"
fails = ("test_to_gray_stays_vectorised_on_a_full_frame",)


def to_gray(image, weights):
    _, height, width = image.shape
    gray = torch.zeros(height, width, dtype=image.dtype)
    for row in range(height):
        for column in range(width):
            gray[row, column] = (weights * image[:, row, column]).sum()
    return gray
