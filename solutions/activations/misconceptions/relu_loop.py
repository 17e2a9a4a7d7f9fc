"""The numbers are right, but Python visits every one of them in a loop.

How many numbers are there in one video frame? A tensor operation takes them all at once. And what
does calculus see of a number that has left its tensor?
"""

import torch

function = "relu"
code = "LOOP"
fails = ("test_relu_stays_vectorised_on_a_full_frame", "test_relu_lets_the_gradient_through")


def relu(x):
    values = [max(0.0, value) for value in x.flatten().tolist()]
    return torch.tensor(values, dtype=x.dtype).reshape(x.shape)
