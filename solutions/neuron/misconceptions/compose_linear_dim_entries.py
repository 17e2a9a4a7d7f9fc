"""The weights are multiplied number by number, and nothing is summed over the layer in between.

From one input to one output lead as many ways as there are neurons in between. Where do you add
them up?
"""

function = "compose_linear"
code = "DIM"
fails = (
    "test_compose_linear_two_layers_are_one",
    "test_compose_linear_of_square_layers",
    "test_compose_linear_first_bias_passes_the_second_layer",
    "test_compose_linear_answers_as_both_layers_do",
    "test_compose_linear_keeps_float64",
    "test_compose_linear_leaves_its_inputs_as_they_were",
)


def compose_linear(w1, b1, w2, b2):
    return w2 * w1, w2 @ b1 + b2
