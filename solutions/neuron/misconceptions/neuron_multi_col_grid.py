"""Flat features are added to a column, and N numbers become N times N.

Print the shape of one column taken with `x[:, 0]`, and of one taken with `x[:, 0:1]`. What is
their sum?
"""

function = "neuron_multi"
code = "COL"
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
    total = x[:, 0:1] * w[0] + b
    for j in range(1, len(w)):
        total = total + x[:, j] * w[j]
    return total
