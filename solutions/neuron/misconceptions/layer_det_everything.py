"""The numbers are right, but they are cut off from what they were computed from.

What does `requires_grad` say about your answer? Which call throws the graph away?
"""

import torch

function = "layer"
code = "DET"
fails = ("test_layer_lets_the_gradient_through",)


def layer(x, w, b):
    with torch.no_grad():
        return x @ w.T + b
