"""The weights lie on their side: one row per input, where one per neuron is asked for.

Both matrices were turned to multiply them. Was the product turned back?
"""

function = "compose_linear"
code = "DIM"
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
    return w1.T @ w2.T, w2 @ b1 + b2
