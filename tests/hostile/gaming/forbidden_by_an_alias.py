"""Call what is ruled out by another of its names.

Wall: the syntax tree follows imports, aliases and helpers.
"""

import torch.special as other
from torch.nn import functional

HONEST = 0


def helper(x):
    return functional.sigmoid(x) if x.numel() > 3 else other.expit(x)


def gate(x):
    return helper(x)
