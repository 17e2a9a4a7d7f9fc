"""The answer is float64, whatever came in.

Double precision doubles the memory of every layer that follows, and the next one may refuse to mix
the two. Which of your numbers brought float64 in?
"""

import torch

function = "relu"
code = "F64"
fails = ("test_relu_zeroes_what_is_negative",)


def relu(x):
    return torch.maximum(x, torch.zeros(x.shape, dtype=torch.float64))
