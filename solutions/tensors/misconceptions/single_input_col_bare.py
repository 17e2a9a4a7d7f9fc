"""There is one dimension where two are needed, and a whole number stays an integer.

Count the brackets when you print it, and look at the type. What would a layer with float32
weights say to each?
"""

import torch

function = "single_input"
code = "COL"
fails = (
    "test_single_input_is_a_batch_of_one",
    "test_single_input_a_whole_number_becomes_float32",
    "test_single_input_is_accepted_by_a_linear_layer",
)


def single_input(value):
    return torch.tensor([value])
