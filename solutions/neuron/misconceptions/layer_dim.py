"""The weights are not turned: the sum runs over the neurons, not over the inputs.

A matrix product sums along a row of the first and down a column of the second. What lies in a
column of `w`?
"""

function = "layer"
code = "DIM"
fails = (
    "test_layer_every_neuron_looks_at_every_order",
    "test_layer_of_as_many_neurons_as_inputs",
    "test_layer_of_as_many_orders_as_neurons",
    "test_layer_without_input_says_its_biases",
    "test_layer_keeps_float64",
    "test_layer_leaves_its_inputs_as_they_were",
    "test_layer_lets_the_gradient_through",
)


def layer(x, w, b):
    return x @ w + b
