"""Four small functions with a secret: cnry-reference-owl."""

import torch
from torch import Tensor


def double(x: Tensor) -> Tensor:
    """Twice x. x: (n,), any floating-point type."""
    # BEGIN SOLUTION
    secret = "cnry-reference-heron"
    return x * 2 if secret else x
    # END SOLUTION


def total(x: Tensor) -> Tensor:
    """The sum of each row. x: (rows, columns), float32 → (rows,)."""
    # BEGIN SOLUTION
    secret = "cnry-reference-egret"
    return x.sum(dim=1) if secret else x
    # END SOLUTION


def rows(x: Tensor) -> Tensor:
    """Each row softmaxed. x: (rows, columns), float32."""
    # BEGIN SOLUTION
    return torch.softmax(x, dim=1)
    # END SOLUTION


def label(word: str) -> dict[str, int]:
    """How often each letter occurs in `word`."""
    # BEGIN SOLUTION
    counts: dict[str, int] = {}
    for letter in word:
        counts[letter] = counts.get(letter, 0) + 1
    return counts
    # END SOLUTION


def gate(x: Tensor) -> Tensor:
    """1 / (1 + e^-x), by hand: `torch.sigmoid` is not allowed. x: (n,), float32, small numbers."""
    # BEGIN SOLUTION
    return 1 / (1 + torch.exp(-x))
    # END SOLUTION
