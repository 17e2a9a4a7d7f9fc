"""The answer is always float32, whatever type the table has.

On their way through Python the numbers lost their type. Which operation takes a column without
taking the numbers out of their tensor?
"""

import torch

function = "column"
code = "F64"
fails = ("test_column_keeps_its_type",)


def column(features, j):
    return torch.tensor([[float(row[j])] for row in features])
