"""A whole number of miles becomes an integer tensor, not float32.

With decimals it works. What type does torch choose when every number is whole, and can a layer
with float32 weights take it?
"""

import torch

function = "single_input"
code = "INT"
fails = (
    "test_single_input_a_whole_number_becomes_float32",
    "test_single_input_is_accepted_by_a_linear_layer",
)


def single_input(value):
    return torch.tensor([[value]])
