"""The number is handed to torch as it is: no dimensions, and an integer where the number is whole.

Two questions before a tensor meets a network: where are its rows and columns, and what type
does it have?
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
    return torch.tensor(value)
