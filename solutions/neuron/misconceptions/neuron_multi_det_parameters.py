"""The weights are copied into a new layer; those handed in get no gradient.

Your layer learns with parameters of its own. Whose parameters did the caller hand you?
"""

import torch

function = "neuron_multi"
code = "DET"
fails = ("test_neuron_multi_lets_the_gradient_through",)


def neuron_multi(x, w, b):
    line = torch.nn.Linear(x.shape[1], 1, dtype=x.dtype)
    with torch.no_grad():
        line.weight.copy_(w)
        line.bias.fill_(b)
    return line(x)
