"""Answer with more bytes than the grader could hold, or would.

Wall: a reply has a largest size, told in its prefix and refused before it is read.
"""

import torch

HONEST = 0


def double(x):
    return torch.zeros(1).expand(1 << 40)


def total(x):
    return torch.ones(8 << 20, dtype=torch.uint8)
