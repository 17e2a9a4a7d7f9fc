"""The rows are right, but Python visits every one of them in a loop.

How many deliveries has a company in a year? A mask keeps the late ones all at once.
"""

import torch

function = "select_late"
code = "LOOP"
fails = ("test_select_late_stays_vectorised_over_a_whole_year",)


def select_late(features, minutes, limit):
    rows = [i for i in range(len(features)) if minutes[i] > limit]
    return features[torch.tensor(rows, dtype=torch.int64)]
