"""A returned `nn.Module`: it stays in the worker, and is judged by its parameters and its answers.

First the names and shapes of its parameters. Then its numbers are loaded into a copy of the
reference's module, and both are asked about the same fresh inputs: two modules that hold the same
numbers and answer differently are not built alike.
"""

from __future__ import annotations

from typing import Any

import torch

from grader.suite.compare import Comparison, Difference
from grader.suite.describe import type_name
from grader.suite.portrait import Portrait, answers_with, inputs_for, portrait_of, weights_of
from grader.suite.respondent import Respondent
from grader.worker.invoke import Observation
from grader.worker.values import Handle


def portray(got: Any, worker: Respondent, seed: int) -> Portrait | Difference:
    """The portrait of what a student returned as a module, or why there is none."""
    if isinstance(got, torch.nn.Module):
        return portrait_of(got, seed)  # the reference itself, in the student's place
    if not isinstance(got, Handle):
        name = type_name(got)
        return Difference(f"The result should be a torch module, but is of type {name}.")
    fetched = worker.fetch(got, "state_dict")
    state = fetched.value if isinstance(fetched, Observation) else None
    if not isinstance(state, dict) or not all(isinstance(t, torch.Tensor) for t in state.values()):
        return Difference("The result should be a torch module, with a state_dict().")
    weights = tuple(tensor.detach() for tensor in state.values())
    inputs = inputs_for(weights, seed)
    home = str(weights[0].device) if weights else "cpu"
    answer = worker.begin("__call__", (inputs,), {}, seed=seed, device=home, handle=got)()
    answers = answer.value if isinstance(answer, Observation) else None
    if isinstance(answers, torch.Tensor):
        answers = answers.detach().cpu()
    return Portrait(tuple(tensor.cpu() for tensor in weights), inputs, answers)


def difference(expected: torch.nn.Module, seen: Portrait) -> Difference | None:
    """The first difference between the reference's module and a portrait, or None."""
    asked = [list(tensor.shape) for tensor in weights_of(expected)]
    came = [list(tensor.shape) for tensor in seen.weights]
    if asked != came:
        return Difference(
            "The module's parameters do not have the right shapes.",
            f"expected {asked}, got {came}",
        )
    if seen.answers is None:
        return Difference("The module could not be called on a batch of inputs.")
    right = answers_with(expected, seen.weights, seen.inputs)
    return Comparison(place="what the module answers").difference(right, seen.answers)


def portrayed(
    got: Observation, worker: Respondent, seed: int
) -> tuple[Observation, Difference | None]:
    """An answer that should be a module, as data; or why that cannot be."""
    seen = portray(got.value, worker, seed)
    if isinstance(seen, Difference):
        return got, seen
    return Observation(seen, got.changed, got.gradients, got.states), None
