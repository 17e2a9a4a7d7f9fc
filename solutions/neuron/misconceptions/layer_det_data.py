"""Weights and biases are taken out of the graph, and no gradient comes back to them.

What do `.data` and `.detach()` leave behind? Does the formula need either?
"""

function = "layer"
code = "DET"
fails = ("test_layer_lets_the_gradient_through",)


def layer(x, w, b):
    return x @ w.data.T + b.data
