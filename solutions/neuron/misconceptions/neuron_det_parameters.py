"""Weight and bias are copied out of the graph, and no gradient comes back to them.

What is a new tensor made of old numbers to calculus: the same parameter, or a stranger?
"""

import torch

function = "neuron"
code = "DET"
fails = ("test_neuron_lets_the_gradient_through",)


def neuron(x, w, b):
    weight = torch.as_tensor(w).detach().clone()
    bias = torch.as_tensor(b).detach().clone()
    return weight * x + bias
