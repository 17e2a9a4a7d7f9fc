"""The lists are handed to torch as they are: flat, and integers where the numbers are whole.

Two questions for each tensor before it meets a network: where are its columns, and what type
does it have?
"""

import torch

function = "make_deliveries"
code = "COL"
fails = (
    "test_make_deliveries_gives_one_row_per_delivery",
    "test_make_deliveries_whole_numbers_become_float32",
    "test_make_deliveries_whole_miles_beside_decimal_minutes",
)


def make_deliveries(distances, minutes):
    if len(distances) != len(minutes):
        raise ValueError("the lists differ in length")
    return torch.tensor(distances), torch.tensor(minutes)
