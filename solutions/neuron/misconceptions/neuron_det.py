"""The numbers are right, but they are cut off from what they were computed from.

What does `requires_grad` say about your answer? Which call throws the graph away?
"""

import torch

function = "neuron"
code = "DET"
fails = ("test_neuron_lets_the_gradient_through",)


def neuron(x, w, b):
    with torch.no_grad():
        return w * x + b
