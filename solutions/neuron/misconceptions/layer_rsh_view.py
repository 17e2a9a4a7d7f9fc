"""The weights are viewed in another shape where they should be turned.

A view keeps the numbers in their order and breaks the lines elsewhere. Is this what turning does?
"""

function = "layer"
code = "RSH"
fails = (
    "test_layer_every_neuron_looks_at_every_order",
    "test_layer_of_as_many_neurons_as_inputs",
    "test_layer_of_as_many_orders_as_neurons",
    "test_layer_keeps_float64",
    "test_layer_leaves_its_inputs_as_they_were",
    "test_layer_lets_the_gradient_through",
)


def layer(x, w, b):
    return x @ w.contiguous().view(x.shape[1], -1) + b
