"""The hour is rounded first: the rush begins half an hour early, and ends half an hour early.

To which whole hour does a quarter to eight belong? And which one does `round` make of it?
"""

import torch

function = "rush_hour"
code = "EDGE"
fails = (
    "test_rush_hour_begins_and_ends_at_the_edge",
    "test_rush_hour_round_the_clock",
)


def rush_hour(hour, is_weekend):
    whole = torch.round(hour) if hour.is_floating_point() else hour
    rush = (whole == 8) | (whole == 9) | (whole == 16) | (whole == 17) | (whole == 18)
    return (rush & (is_weekend == 0)).float()
