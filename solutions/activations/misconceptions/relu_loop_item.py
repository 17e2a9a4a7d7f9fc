"""The numbers are right, but Python visits every one of them in a loop.

How many numbers are there in one video frame? A tensor operation takes them all at once. And what
does calculus see of a number that has left its tensor?
"""

import torch

function = "relu"
code = "LOOP"
fails = ("test_relu_stays_vectorised_on_a_full_frame", "test_relu_lets_the_gradient_through")


def relu(x):
    flat = x.flatten()
    result = torch.zeros(flat.numel(), dtype=x.dtype)
    for i in range(flat.numel()):
        if flat[i].item() > 0:
            result[i] = flat[i].item()
    return result.reshape(x.shape)
