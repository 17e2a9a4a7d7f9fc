"""Each row is taken out as a plain number, and a new tensor is made of the results.

A plain number does not know how it was computed. Why take the rows apart at all?
"""

import torch

function = "neuron"
code = "DET"
fails = ("test_neuron_lets_the_gradient_through",)


def neuron(x, w, b):
    return torch.tensor([[float(w) * row.item() + float(b)] for row in x], dtype=x.dtype)
