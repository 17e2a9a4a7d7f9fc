"""The weight and the bias become parameters of a new layer; the old ones get no gradient.

Your layer learns with parameters of its own. Whose parameters did the caller hand you?
"""

import torch

function = "neuron"
code = "DET"
fails = ("test_neuron_lets_the_gradient_through",)


def neuron(x, w, b):
    line = torch.nn.Linear(1, 1, dtype=x.dtype)
    with torch.no_grad():
        line.weight.fill_(w)
        line.bias.fill_(b)
    return line(x)
