"""The numbers are right, but Python takes up the orders one by one and glues them together.

How many rows has a year of orders? One product takes them all at once.
"""

import torch

function = "neuron_multi"
code = "LOOP"
fails = ("test_neuron_multi_stays_vectorised_over_many_orders",)


def neuron_multi(x, w, b):
    predictions = []
    for i in range(x.shape[0]):
        predictions.append((x[i] @ w + b).reshape(1, 1))  # noqa: PERF401
    return torch.cat(predictions)
