"""A returned `nn.Module`: it stays in the worker, and is judged by its parameters and its answers.

First the names and shapes of its parameters. Then its numbers are loaded into a copy of the
reference's module, and both are asked about the same fresh inputs: two modules that hold the same
numbers and answer differently are not built alike.
"""

from __future__ import annotations

import copy
from typing import Any, Final

import torch

from grader.suite.compare import Comparison, Difference
from grader.suite.describe import type_name
from grader.suite.examination import Respondent
from grader.worker.invoke import Observation
from grader.worker.values import Handle

_ROWS: Final = 64
_SPREAD: Final = 10.0
"""Inputs far from zero on both sides: every bend of a network is passed."""


def difference(
    expected: torch.nn.Module, got: Any, worker: Respondent, seed: int, device: str
) -> Difference | None:
    """The first difference between the reference's module and the student's, or None."""
    if isinstance(got, torch.nn.Module):
        return None  # the reference itself, in the student's place; a worker sends handles only
    if not isinstance(got, Handle):
        name = type_name(got)
        return Difference(f"The result should be a torch module, but is of type {name}.")
    fetched = worker.fetch(got, "state_dict")
    state = fetched.value if isinstance(fetched, Observation) else None
    if not isinstance(state, dict) or not all(isinstance(t, torch.Tensor) for t in state.values()):
        return Difference("The result should be a torch module, with a state_dict().")
    asked = {name: list(tensor.shape) for name, tensor in expected.state_dict().items()}
    came = {name: list(tensor.shape) for name, tensor in state.items()}
    if list(asked.values()) != list(came.values()):
        return Difference(
            "The module's parameters do not have the right shapes.",
            f"expected {asked}, got {came}",
        )
    twin = copy.deepcopy(expected).eval()
    twin.load_state_dict(dict(zip(asked, state.values(), strict=True)))
    inputs = _inputs(expected, seed)
    with torch.no_grad():
        right = twin(inputs)
    answer = worker.begin("__call__", (inputs,), {}, seed=seed, device=device, handle=got)()
    if not isinstance(answer, Observation):
        return Difference("The module could not be called on a batch of inputs.")
    return Comparison(place="what the module answers").difference(right, answer.value)


def _inputs(module: torch.nn.Module, seed: int) -> torch.Tensor:
    """A batch that fits the module's first layer with a fixed number of inputs."""
    first = next((m for m in module.modules() if isinstance(m, torch.nn.Linear)), None)
    width = first.in_features if first is not None else 1
    generator = torch.Generator().manual_seed(seed)
    return _SPREAD * torch.randn(_ROWS, width, generator=generator)
