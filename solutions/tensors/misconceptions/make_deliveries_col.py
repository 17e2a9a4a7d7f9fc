"""The tensors are flat: N numbers in a row instead of a column of N rows.

A layer reads examples downwards and features across. In a flat tensor, which are these?
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
    x = torch.tensor(distances, dtype=torch.float32)
    y = torch.tensor(minutes, dtype=torch.float32)
    return x, y
