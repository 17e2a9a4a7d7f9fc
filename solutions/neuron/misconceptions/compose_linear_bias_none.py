"""The one layer has no bias left: only the weights were put together.

Let x be 0. What do the two layers say then, and what does yours?
"""

import torch

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


def compose_linear(w1, b1, w2, b2):  # noqa: ARG001
    return w2 @ w1, torch.zeros_like(b2)
