"""There is one dimension where two are needed: a row of one number, but no column.

Count the brackets when you print it. One pair counts the orders; what does the other count?
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
    return torch.tensor([value], dtype=torch.float32)
