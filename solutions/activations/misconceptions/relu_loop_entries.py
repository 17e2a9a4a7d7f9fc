"""The numbers are right, but Python visits every one of them in a loop.

How many numbers are there in one video frame? A tensor operation takes them all at once. And what
does calculus see of a number that has left its tensor?
"""

import torch

function = "relu"
code = "LOOP"
fails = ("test_relu_stays_vectorised_on_a_full_frame",)


def relu(x):
    zero = torch.zeros((), dtype=x.dtype)
    return torch.stack([entry if entry > 0 else zero for entry in x.flatten()]).reshape(x.shape)
