"""The watch over a call: a built-in is noted under whatever name it is reached."""

from types import ModuleType

import pytest
import torch

from grader.forbidden.watch import Watch

TEXT = """
import math, statistics, threading, torch, torch.nn.functional as F
from torch import nn
from torch import softmax as taken
hidden = vars(torch)["xamtfos"[::-1]]
attention, encoder = nn.MultiheadAttention(4, 1), nn.TransformerEncoderLayer(4, 1, 8)

def in_thread(call):
    out = []
    thread = threading.Thread(target=lambda: out.append(call()))
    thread.start()
    thread.join()
    return out[0]

def without_modes(x):
    with torch._C.DisableTorchFunction():
        return taken(x, 1)

def inside_another(x):
    out = []
    torch.zeros(1, dtype=torch.float64).apply_(lambda v: (out.append(taken(x, 1)), v)[1])
    return out[0]

def slope(x):
    y = torch.ones(2, requires_grad=True)
    (2 * y).sum().backward()
    return y.grad
"""

NOTED = {
    "torch.softmax": [
        "torch.softmax(x, 1)",
        "F.softmax(x, 1)",
        "x.softmax(1)",
        "taken(x, 1)",
        "hidden(x, 1)",
        "torch.special.softmax(x, 1)",
        "torch.Tensor.softmax(x, 1)",
        "torch._C.TensorBase.softmax(x, 1)",
        "torch._C._VariableFunctions.softmax(x, 1)",
        "torch.ops.aten.softmax(x, 1)",
        "torch.ops.aten._softmax.default(x, 1, False)",
        "nn.Sequential(nn.Softmax(1))(x)",
        "torch.vmap(lambda row: row.softmax(0))(x)",
        "torch.distributions.Categorical(logits=x).probs",
        "in_thread(lambda: torch.softmax(x, 1))",
        "in_thread(lambda: taken(x, 1))",
        "without_modes(x)",
        "inside_another(x)",
    ],
    "torch.Tensor.backward": ["slope(x)"],
    "torch.autograd.grad": ["torch.func.grad(lambda v: v.sum())(x)"],
    "torch.nn.functional.linear": ["F.linear(x, x)", "nn.Linear(4, 4)(x)"],
    "sum": ["sum([1, 2])"],
    "math.exp": ["math.exp(1)"],
    "torch.optim.SGD": ["torch.optim.SGD([nn.Parameter(x)], 0.1)"],
}
UNNOTED = {
    "torch.softmax": [
        "x.exp() / x.exp().sum(1, keepdim=True)",
        "attention(x, x, x)[0]",
        "encoder(x)",
        "F.cross_entropy(x, torch.zeros(3, dtype=torch.long))",
        "torch.log_softmax(x, 1).exp()",
    ],
    "torch.Tensor.backward": ["x.requires_grad_().sum()"],
    "torch.autograd.grad": ["x.grad", "x.requires_grad_().sum()"],
    "torch.nn.functional.linear": ["x @ x.T"],
    "sum": ["statistics.mean([1, 2])", "x.sum()"],
}


def watched(name: str, call: str) -> list[tuple[int, int | None]]:
    """What the watch notes of a function whose line 99 makes the call."""
    module = ModuleType("answer")
    lines = TEXT.count("\n")
    text = f"{TEXT}{(97 - lines) * chr(10)}def answer(x):\n    return {call}\n"
    exec(compile(text, "answer.py", "exec"), vars(module))
    watch = Watch((name,), module, "answer.py")
    watch.over(module.answer)(torch.randn(3, 4))
    return watch.noted


@pytest.mark.parametrize(("name", "call"), [(n, c) for n, calls in NOTED.items() for c in calls])
def test_a_call_is_noted(name: str, call: str) -> None:
    noted = watched(name, call)
    assert noted
    assert noted[0][0] == 0
    assert noted[0][1] is not None


@pytest.mark.parametrize(("name", "call"), [(n, c) for n, calls in UNNOTED.items() for c in calls])
def test_what_torch_does_by_itself_is_not_the_students(name: str, call: str) -> None:
    assert watched(name, call) == []


def test_the_line_is_the_students() -> None:
    assert watched("torch.softmax", "torch.softmax(x, 1)")[0] == (0, 99)


def test_nothing_stays_patched() -> None:
    before = torch.softmax, torch.nn.functional.softmax, "softmax" in vars(torch.Tensor)
    watched("torch.softmax", "x.softmax(1)")
    assert before == (torch.softmax, torch.nn.functional.softmax, "softmax" in vars(torch.Tensor))


def test_a_function_of_which_nothing_is_ruled_out_is_left_alone() -> None:
    assert Watch((), ModuleType("answer"), "answer.py").over(len) is len
