"""The sum runs down the rows: it mixes the orders, and keeps the features apart.

The dimension you name is the one that disappears. Is it that of the orders or that of the
features?
"""

function = "neuron_multi"
code = "DIM"
fails = (
    "test_neuron_multi_of_the_lessons_three_inputs",
    "test_neuron_multi_gives_one_prediction_per_row",
    "test_neuron_multi_of_as_many_orders_as_features",
    "test_neuron_multi_takes_a_plain_number_as_bias",
    "test_neuron_multi_keeps_float64",
    "test_neuron_multi_leaves_its_inputs_as_they_were",
    "test_neuron_multi_lets_the_gradient_through",
    "test_neuron_multi_stays_vectorised_over_many_orders",
    "test_neuron_multi_stays_vectorised_over_many_features",
)


def neuron_multi(x, w, b):
    return (x * w).sum(dim=0).unsqueeze(1) + b
