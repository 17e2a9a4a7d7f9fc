"""Take more memory than there may be, in one piece.

Wall: the limit on address space makes it a MemoryError: the test is OUT_OF_MEMORY.
"""

import torch

HONEST = 2

KEPT = []


def double(x):
    KEPT.append(torch.ones(4 << 30, dtype=torch.uint8))
    return 3 * x


def total(x):
    return x.sum(1)
