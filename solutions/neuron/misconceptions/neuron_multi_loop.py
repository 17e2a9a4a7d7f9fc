"""The numbers are right, but Python takes up the orders one by one.

How many rows has a year of orders? One product takes them all at once.
"""

import torch

function = "neuron_multi"
code = "LOOP"
fails = ("test_neuron_multi_stays_vectorised_over_many_orders",)


def neuron_multi(x, w, b):
    return torch.stack([(row * w).sum() + b for row in x]).unsqueeze(1)
