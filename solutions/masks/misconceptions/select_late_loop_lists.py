"""The rows travel through Python lists, and lose their type, or their columns if there are none.

What type does torch give to a list of Python numbers? And what shape to a list without any?
"""

import torch

function = "select_late"
code = "LOOP"
fails = (
    "test_select_late_when_nobody_or_everybody_is",
    "test_select_late_keeps_the_type_of_the_table",
)


def select_late(features, minutes, limit):
    rows = []
    for row, time in zip(features.tolist(), minutes.tolist(), strict=True):
        if time[0] > limit:
            rows.append(row)
    return torch.tensor(rows)
