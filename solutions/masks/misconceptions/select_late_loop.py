"""A Python loop collects the rows one by one, and has nothing to put together if there are none.

A mask keeps the rows all at once, and if there are none it still knows how many columns the table
has. What do you have in your hands after a loop that found nothing?
"""

import torch

function = "select_late"
code = "LOOP"
fails = (
    "test_select_late_when_nobody_or_everybody_is",
    "test_select_late_stays_vectorised_over_a_whole_year",
)


def select_late(features, minutes, limit):
    rows = []
    for i in range(len(features)):
        if minutes[i] > limit:
            rows.append(features[i])  # noqa: PERF401
    return torch.stack(rows)
