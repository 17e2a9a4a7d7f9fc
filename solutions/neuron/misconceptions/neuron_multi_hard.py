"""The formula is written for exactly three inputs.

What does your answer do with a fourth feature, and what if there are only two?
"""

function = "neuron_multi"
code = "HARD"
fails = (
    "test_neuron_multi_gives_one_prediction_per_row",
    "test_neuron_multi_of_as_many_orders_as_features",
    "test_neuron_multi_takes_a_plain_number_as_bias",
    "test_neuron_multi_stays_vectorised_over_many_features",
)


def neuron_multi(x, w, b):
    return x[:, 0:1] * w[0] + x[:, 1:2] * w[1] + x[:, 2:3] * w[2] + b
