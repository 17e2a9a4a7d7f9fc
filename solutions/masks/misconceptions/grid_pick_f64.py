"""The answer is always float32, whatever type the table has.

On their way through Python the numbers lost their type. Can the cells be picked without taking
them out of their tensor?
"""

import torch

function = "grid_pick"
code = "F64"
fails = ("test_grid_pick_keeps_the_type_of_the_table",)


def grid_pick(table, rows, cols):
    return torch.tensor([[float(table[r, c]) for c in cols] for r in rows])
