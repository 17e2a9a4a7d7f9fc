"""The weights and biases are copied into a new layer; those handed in get no gradient.

Your layer learns with parameters of its own. Whose parameters did the caller hand you?
"""

import torch

function = "layer"
code = "DET"
fails = ("test_layer_lets_the_gradient_through",)


def layer(x, w, b):
    lin = torch.nn.Linear(w.shape[1], w.shape[0])
    lin.weight = torch.nn.Parameter(w)
    lin.bias = torch.nn.Parameter(b)
    return lin(x)
