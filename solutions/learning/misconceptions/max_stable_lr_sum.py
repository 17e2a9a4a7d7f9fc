"""The curvature of all rows is added up but never averaged.

The error is a mean. Does its curvature grow when the same rows appear twice?
"""

import torch

function = "max_stable_lr"
code = "SUM"
fails = (
    "test_max_stable_lr_of_the_lessons_tables",
    "test_max_stable_lr_of_any_inputs",
)


def max_stable_lr(x):
    both = torch.cat([x, torch.ones_like(x)], dim=1).double()
    return 2 / torch.linalg.eigvalsh(2 * both.T @ both)[-1].item()
