"""Answer with more bytes than the grader could hold.

Wall: a reply has a largest size, told in its prefix and refused before it is read.
"""

import torch

HONEST = 0


def double(x):
    return torch.zeros(1).expand(1 << 40)


def total(x):
    return torch.ones(500 << 20, dtype=torch.uint8)
