import time
from typing import Any

import pytest
import torch

from grader.suite import describe
from grader.worker.twins import PATHS, Twin
from grader.worker.values import Handle


@pytest.mark.parametrize(
    ("value", "summary", "preview"),
    [
        (None, "None", "None"),
        (torch.tensor([[1.5], [2.0]]), "float32 [2, 1]", "[[1.5], [2]]"),
        (torch.tensor(3), "int64 []", "3"),
        (torch.zeros(0, 3), "float32 [0, 3]", "[]"),
        (torch.float64, "torch.dtype", "torch.float64"),
        ([1, 2.5, "a"], "list of 3", "[1, 2.5, 'a']"),
        ((True, None), "tuple of 2", "(True, None)"),
        ({"n": 1}, "dict of 1", "{'n': 1}"),
        (0.1 + 0.2, "float", "0.3"),
        (Handle(1, "torch.nn.Linear"), "torch.nn.Linear", "<torch.nn.Linear>"),
    ],
    ids=repr,
)
def test_a_value_is_told_by_kind_and_first_numbers(value: Any, summary: str, preview: str) -> None:
    answer = describe.answer(value)
    assert (answer.summary, answer.preview) == (summary, preview)


def test_long_values_are_cut() -> None:
    assert describe.preview(torch.arange(10)) == "[0, 1, 2, 3, 4, 5, 6, 7, …]"
    assert describe.preview(list(range(9))) == "[0, 1, 2, 3, 4, 5, 6, 7, …]"
    assert describe.preview({n: n for n in range(9)}).endswith("7: 7, …}")
    cut = describe.preview(torch.full((8, 8), 0.123456))
    assert len(cut) == 240
    assert cut.endswith("…")


@pytest.mark.parametrize(
    "hostile",
    [
        torch.zeros([1]).expand([8] * 16),
        torch.zeros([8] * 15 + [0]),
        torch.zeros([8] * 8, dtype=torch.bool),
    ],
    ids=["expanded", "empty", "large"],
)
def test_a_preview_reads_no_more_than_it_shows(hostile: torch.Tensor) -> None:
    start = time.monotonic()
    assert len(describe.preview(hostile)) <= 240
    assert time.monotonic() - start < 5  # all of it would take an hour


@pytest.mark.parametrize("name", ["ada.Secret_42", "__main__.X", "evil\nname", "a b", "x<b>"])
def test_a_class_of_the_students_own_is_not_named(name: str) -> None:
    assert describe.type_name(Handle(1, name)) in {"an object", "an object of another class"}


def test_known_classes_are_named() -> None:
    assert describe.type_name(Handle(1, "numpy.ndarray")) == "numpy.ndarray"
    assert describe.type_name(torch.ones(1)) == "tensor"


def test_a_call_reads_as_its_author_wrote_it() -> None:
    assert describe.call("softmax", (torch.zeros(3, 5),), {"dim": 1}) == (
        "softmax(tensor: float32 [3, 5], dim=1)"
    )
    assert describe.call("relu", (torch.tensor([1.0, -2.0]),), {}) == "relu(tensor([1, -2]))"
    assert describe.call("f", ([1, 2], None), {"lr": 0.1}) == "f([1, 2], None, lr=0.1)"


def test_a_twin_is_told_by_its_class() -> None:
    twin = Twin.build(1, PATHS[torch.nn.Linear], (1, 1), {})
    assert describe.call("train", (twin,), {}) == f"train({PATHS[torch.nn.Linear]})"
    assert describe.summary(torch.nn.Linear(1, 1)) == "torch.nn.Linear"
