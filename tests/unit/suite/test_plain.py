import json
from typing import Any

import pytest
import torch

from grader.errors import SuiteError
from grader.suite.compare import Comparison
from grader.suite.plain import from_plain, to_plain


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        -(1 << 70),
        0.1,
        float("nan"),
        float("-inf"),
        "ein Wörtchen",
        torch.tensor([[1.5, float("nan")], [float("inf"), -0.0]]),
        torch.tensor([0.1], dtype=torch.float64),
        torch.tensor([1.5], dtype=torch.bfloat16),
        torch.tensor([True, False]),
        torch.tensor(7, dtype=torch.int8),
        torch.zeros(0, 3, dtype=torch.int64),
        torch.zeros(2, 0),
        [1, (2.0, [torch.ones(1)])],
        {"a": 1, 2: (None,), True: []},
        torch.float16,
        torch.device("cpu"),
        {"tensor": "float32", "shape": [1], "values": [1.0]},
    ],
    ids=repr,
)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    back = from_plain(json.loads(json.dumps(to_plain(value), allow_nan=False)))
    assert type(back) is type(value)
    assert Comparison().difference(value, back) is None
    if isinstance(value, torch.Tensor):
        assert back.shape == value.shape


def test_a_network_comes_back_with_its_layers_and_numbers() -> None:
    layers = torch.nn.Linear(2, 3, bias=False), torch.nn.ReLU(), torch.nn.Linear(3, 1)
    network = torch.nn.Sequential(*layers)
    back = from_plain(json.loads(json.dumps(to_plain(network), allow_nan=False)))
    assert str(back) == str(network)
    x = torch.randn(4, 2)
    assert torch.equal(back(x), network(x))


@pytest.mark.parametrize(
    "value",
    [
        object(),
        torch.nn.Linear(1, 1),
        torch.nn.Sequential(torch.nn.Dropout()),
        {1, 2},
        torch.tensor([1j]),
        [b"bytes"],
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_be_recorded_says_so(value: Any) -> None:
    with pytest.raises(SuiteError, match="cannot be recorded"):
        to_plain(value)
