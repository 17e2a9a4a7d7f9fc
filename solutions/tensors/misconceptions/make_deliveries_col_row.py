"""All deliveries stand in one row: one example with N features instead of N examples with one.

Read the shape aloud: how many deliveries does it say there were?
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
    x = torch.tensor([distances], dtype=torch.float32)
    y = torch.tensor([minutes], dtype=torch.float32)
    return x, y
