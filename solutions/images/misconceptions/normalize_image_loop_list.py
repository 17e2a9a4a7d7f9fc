"""The numbers are right, but Python visits every pixel in a loop.

How many pixels has one frame of the camera? A tensor operation takes them all at once, and a whole
tensor can be divided like a single number.
"""

import torch

function = "normalize_image"
code = "LOOP"
fails = ("test_normalize_image_stays_vectorised_on_a_full_frame",)


def normalize_image(image):
    return torch.tensor([[pixel / 255 for pixel in row] for row in image.tolist()])
