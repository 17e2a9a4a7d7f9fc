"""Lists of whole numbers stay whole numbers: the tensors are integers, not float32.

With decimals all is well, so this is easy to miss. What type does torch choose for a list in
which every number is whole, and how can you ask for another?
"""

import torch

function = "make_deliveries"
code = "INT"
fails = (
    "test_make_deliveries_whole_numbers_become_float32",
    "test_make_deliveries_whole_miles_beside_decimal_minutes",
)


def make_deliveries(distances, minutes):
    if len(distances) != len(minutes):
        raise ValueError("the lists differ in length")
    return torch.tensor(distances).unsqueeze(1), torch.tensor(minutes).unsqueeze(1)
