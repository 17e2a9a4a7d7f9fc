"""A column that is counted from the end is not found: the position is used as it is.

Count from the end and write down where your cut begins and where it ends. What comes after the
last column?
"""

import torch

function = "column"
code = "EDGE"
fails = ("test_column_counts_from_the_end",)


def column(features, j):
    return torch.index_select(features, 1, torch.tensor([j]))
