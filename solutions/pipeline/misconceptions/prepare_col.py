"""The targets have lost their column: `y` is flat.

Taking one column by its number drops an axis. What would `[N, 1]` minus `[N]` be in the loss?
"""

import torch

function = "prepare"
code = "COL"
fails = (
    "test_prepare_makes_four_columns_in_order",
    "test_prepare_drops_every_row_with_a_gap",
    "test_prepare_rush_hour_begins_and_ends_sharply",
    "test_prepare_of_numbers_without_spread",
    "test_prepare_keeps_float64",
    "test_prepare_leaves_the_table_as_it_was",
)


def prepare(table):
    rows = table[~table.isnan().any(dim=1)]
    numbers, hour, weekend, y = rows[:, :2], rows[:, 1:2], rows[:, 2:3], rows[:, 3]
    mean = numbers.mean(dim=0, keepdim=True)
    std = numbers.std(dim=0, keepdim=True) if len(rows) > 1 else torch.zeros_like(mean)
    z = (numbers - mean) / torch.where(std == 0, 1.0, std)
    is_peak = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    rush = (is_peak & (weekend == 0)).to(table.dtype)
    return torch.cat([z, weekend, rush], dim=1), y, {"mean": mean, "std": std}
