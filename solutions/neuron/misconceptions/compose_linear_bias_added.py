"""The biases are added as they are; the first should go through the second layer.

Whatever leaves the first layer meets the weights of the second. Its bias, too?
"""

function = "compose_linear"
code = "BIAS"
fails = (
    "test_compose_linear_two_layers_are_one",
    "test_compose_linear_of_square_layers",
    "test_compose_linear_through_a_single_neuron",
    "test_compose_linear_first_bias_passes_the_second_layer",
    "test_compose_linear_answers_as_both_layers_do",
    "test_compose_linear_keeps_float64",
    "test_compose_linear_leaves_its_inputs_as_they_were",
)


def compose_linear(w1, b1, w2, b2):
    return w2 @ w1, b1 + b2
