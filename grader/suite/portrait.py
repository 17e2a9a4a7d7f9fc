"""A module as data: the numbers it holds, and what it answers to inputs that pass every bend.

Two modules are built alike if they hold tensors of the same shapes and, holding the same numbers,
answer alike. So how a student draws the first weights does not matter to what was built.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, Final

import msgspec
import torch

from grader.suite.compare import Comparison

_ROWS: Final = 64
_SPREAD: Final = 10.0
"""Inputs far from zero on both sides: every bend of a network is passed."""


class Portrait(msgspec.Struct, frozen=True):
    """What is seen of a module.

    Attributes:
        weights: The tensors of its state_dict, in order, on the CPU like the rest.
        inputs: (64, width of the first layer), float32: what it was asked.
        answers: What it answered, or None if it could not.
        place: The kind of device that it lay on.
    """

    weights: tuple[torch.Tensor, ...]
    inputs: torch.Tensor
    answers: Any
    place: str = "cpu"


def weights_of(module: torch.nn.Module) -> tuple[torch.Tensor, ...]:
    """The tensors of a module's state_dict, in order."""
    return tuple(tensor.detach().cpu() for tensor in module.state_dict().values())


def place_of(module: torch.nn.Module) -> str:
    """The kind of device that a module lies on."""
    return next((tensor.device.type for tensor in module.state_dict().values()), "cpu")


def inputs_for(weights: Iterable[torch.Tensor], seed: int) -> torch.Tensor:
    """A batch as wide as the first matrix among the weights."""
    width = next((tensor.shape[1] for tensor in weights if tensor.dim() > 1), 1)
    generator = torch.Generator().manual_seed(seed)
    return _SPREAD * torch.randn(_ROWS, width, generator=generator)


def answers_with(
    module: torch.nn.Module, weights: Iterable[torch.Tensor], inputs: torch.Tensor
) -> Any:
    """What a module would answer if it held these weights, which must fit.

    Raises:
        Exception: Whatever the module raises.
    """
    twin = copy.deepcopy(module).cpu().eval()
    twin.load_state_dict(dict(zip(module.state_dict(), weights, strict=True)))
    with torch.no_grad():
        return twin(inputs)


def portrait_of(module: torch.nn.Module, seed: int) -> Portrait:
    """The portrait of a module that is here."""
    weights = weights_of(module)
    inputs = inputs_for(weights, seed)
    return Portrait(weights, inputs, _answers(module, weights, inputs), place_of(module))


def is_like(module: torch.nn.Module, seen: Any) -> bool:
    """Whether a module is the one that was seen.

    Args:
        module: One of our own.
        seen: A portrait or another module, which must be built alike; or the weights that a
            module holds, which must be the same.
    """
    match seen:
        case Portrait():
            if [t.shape for t in seen.weights] != [t.shape for t in weights_of(module)]:
                return False
            answers = _answers(module, seen.weights, seen.inputs)
            if answers is None or seen.answers is None:
                return answers is seen.answers
            return Comparison().difference(answers, seen.answers) is None
        case torch.nn.Module():
            return is_like(module, portrait_of(seen, seed=0))
        case tuple():
            return Comparison().difference(weights_of(module), seen) is None
        case _:
            return False


def _answers(module: torch.nn.Module, weights: Iterable[torch.Tensor], inputs: torch.Tensor) -> Any:
    try:
        return answers_with(module, weights, inputs)
    except Exception:  # noqa: BLE001 - a module of wrong sizes cannot be called
        return None
