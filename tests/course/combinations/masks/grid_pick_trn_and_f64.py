"""The answer lies on its side, and its numbers have travelled through Python."""

import torch
from torch import Tensor

function = "grid_pick"
codes = ("TRN", "F64")


def grid_pick(table: Tensor, rows: Tensor, cols: Tensor) -> Tensor:
    return torch.tensor([[float(table[r, c]) for r in rows] for c in cols])
