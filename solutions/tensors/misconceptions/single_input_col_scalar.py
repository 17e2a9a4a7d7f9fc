"""The tensor has no dimensions at all: a single number, neither row nor column.

How many orders does it say there are? Look at its shape.
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
    return torch.tensor(value, dtype=torch.float32)
