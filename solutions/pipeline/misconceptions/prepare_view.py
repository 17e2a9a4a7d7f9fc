"""The z-scores are written into the table that was handed in.

Call your function twice with the same table. What does the second call find in it?
"""

import torch

function = "prepare"
code = "VIEW"
fails = (
    "test_prepare_makes_four_columns_in_order",
    "test_prepare_drops_every_row_with_a_gap",
    "test_prepare_keeps_float64",
    "test_prepare_leaves_the_table_as_it_was",
)


def prepare(table):
    keep = ~table.isnan().any(dim=1)
    hour = table[keep, 1:2].clone()
    mean = table[keep, :2].mean(dim=0, keepdim=True)
    std = table[keep, :2].std(dim=0, keepdim=True) if keep.sum() > 1 else torch.zeros_like(mean)
    table[:, :2] -= mean
    table[:, :2] /= torch.where(std == 0, 1.0, std)
    rows = table[keep]
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (rows[:, 2:3] == 0)).to(table.dtype)
    return torch.cat([rows[:, :3], rush], dim=1), rows[:, 3:], {"mean": mean, "std": std}
