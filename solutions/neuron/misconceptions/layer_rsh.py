"""The weights are reshaped where they should be turned: the shape fits, the numbers do not.

Write down a small `w`, its transpose, and what `reshape` makes of it. Where does the first row
go?
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
    return x @ w.reshape(w.shape[1], w.shape[0]) + b
