"""Which functions a misconception can make wrong."""

import pytest

from grader.verify.reach import affected

REFERENCE = """
import torch
from torch import Tensor

FACTOR = 2


def _scaled(x: Tensor) -> Tensor:
    return FACTOR * x


def double(x: Tensor) -> Tensor:
    return _scaled(x)


def fourfold(x: Tensor) -> Tensor:
    return double(double(x))


def half(x: Tensor) -> Tensor:
    return torch.div(x, 2)
"""
FUNCTIONS = ("double", "fourfold", "half")


@pytest.mark.parametrize(
    ("addition", "expected"),
    [
        ("def half(x):\n    return x", {"half"}),
        ("def fourfold(x):\n    return x", {"fourfold"}),
        ("def double(x):\n    return x", {"double", "fourfold"}),
        ("def _scaled(x):\n    return x", {"double", "fourfold"}),
        ("FACTOR = 3", {"double", "fourfold"}),
        ("FACTOR: int = 3", {"double", "fourfold"}),
        ('"""Words."""\n\nfunction = "half"\ncode = "X"\nfails = ()', set()),
        ("import torch\nfrom torch import Tensor", set()),
        ("import numpy as torch", {"half"}),
        ("def helper(x):\n    return x\n\n\ndef half(x):\n    return helper(x)", {"half"}),
    ],
)
def test_a_function_is_reached_through_the_names_it_mentions(
    addition: str, expected: set[str]
) -> None:
    assert affected(REFERENCE, addition, FUNCTIONS) == expected


@pytest.mark.parametrize(
    "addition",
    [
        "import torch\ntorch.manual_seed(0)",
        "import torch\nseed = torch.manual_seed(0)",
        "import torch\ntorch.relu = None",
        "for x in range(3):\n    pass",
        "@print\ndef f(): ...",
        "def f(x=print()): ...",
        "class Net:\n    print()",
    ],
)
def test_what_does_more_than_bind_names_reaches_everything(addition: str) -> None:
    assert affected(REFERENCE, addition, FUNCTIONS) == set(FUNCTIONS)
