"""The answer was computed on its side, and then reshaped where it should be turned.

Which numbers stand beside each other before the reshape: those of one order or those of one
neuron?
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
    return (w @ x.T).reshape(x.shape[0], w.shape[0]) + b
