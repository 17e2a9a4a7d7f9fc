"""A returned `nn.Module`: it stays in the worker, and is judged by its parameters and its answers.

First the names and shapes of its parameters. Then its numbers are loaded into a copy of the
reference's module, and both are asked about the same fresh inputs: two modules that hold the same
numbers and answer differently are not built alike.
"""

from __future__ import annotations

from typing import Any

import msgspec
import torch

from grader.suite.compare import Comparison, Difference
from grader.suite.describe import type_name
from grader.suite.placement import misplaced
from grader.suite.portrait import (
    Portrait,
    answers_with,
    inputs_for,
    place_of,
    portrait_of,
)
from grader.suite.respondent import Respondent
from grader.suite.telling import JudgedCall
from grader.worker.invoke import Observation
from grader.worker.values import Handle


def portray(got: Any, worker: Respondent, seed: int, device: str) -> Portrait | Difference:
    """The portrait of what a student returned as a module on a device, or why there is none."""
    if isinstance(got, torch.nn.Module):
        return portrait_of(got, seed)  # the reference itself, in the student's place
    if not isinstance(got, Handle):
        name = type_name(got)
        return Difference(f"The result should be a torch module, but is of type {name}.")
    fetched = worker.fetch(got, "state_dict", device)
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
    place = torch.device(home).type
    return Portrait(tuple(tensor.cpu() for tensor in weights), inputs, answers, place)


def difference(expected: torch.nn.Module, seen: Portrait) -> Difference | None:
    """The first difference between the reference's module and a portrait, or None."""
    asked = [list(tensor.shape) for tensor in expected.state_dict().values()]
    came = [list(tensor.shape) for tensor in seen.weights]
    if asked != came:
        return Difference(
            "The module's parameters do not have the right shapes.",
            f"expected {asked}, got {came}",
        )
    place = place_of(expected)
    if place != seen.place:
        places = torch.device(place), torch.device(seen.place)
        return Difference(misplaced("The module", *places))
    if seen.answers is None:
        return Difference("The module could not be called on a batch of inputs.")
    right = answers_with(expected, seen.weights, seen.inputs)
    return Comparison(place="what the module answers").difference(right, seen.answers)


def plain(call: JudgedCall, got: Observation) -> tuple[JudgedCall, Observation]:
    """A call and its answer as a suite goes on with them: of a module its weights, on the CPU."""
    if not isinstance(got.value, Portrait):
        return call, got
    seen = Observation(got.value.weights, got.changed, got.gradients, got.states)
    return msgspec.structs.replace(call, device="cpu"), seen


def portrayed(
    got: Observation, worker: Respondent, call: JudgedCall
) -> tuple[Observation, Difference | None]:
    """An answer that should be a module, as data; or why that cannot be."""
    seen = portray(got.value, worker, call.seed, call.device)
    if isinstance(seen, Difference):
        return got, seen
    return Observation(seen, got.changed, got.gradients, got.states), None
