"""One of our own functions asked what a student is asked: the reference, or a misconception.

It goes through the same `invoke` as in a worker, on copies of the same arguments, so that what is
told here and what is seen there mean the same and can be compared.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec
import torch

from grader.errors import SuiteError
from grader.suite import describe, placement, portrait
from grader.suite.compare import Comparison
from grader.worker.invoke import BackwardError, Observation, invoke
from grader.worker.messages import Raised
from grader.worker.numerics import synchronize
from grader.worker.twins import Twin, Witness, condition_of
from grader.worker.values import laid_out

Told = Observation | Raised
"""What a function did: it answered, or it raised."""

GENERATOR: Final = 0
"""Among an observation's states, where twins count from 1: torch's global generator."""


class JudgedCall(msgspec.Struct, frozen=True):
    """One call of a test, as it is put to the student and to the oracle."""

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    seed: int
    device: str = "cpu"
    gradient_seed: int | None = None
    repeat: int = 1
    watches_generator: bool = False

    @property
    def text(self) -> str:
        """The call as its author wrote it, tensors by what they are."""
        return describe.call(self.function, self.args, self.kwargs)

    @property
    def home(self) -> torch.device:
        """Where its answer belongs: with the tensors that it is given, if there are any."""
        given = [*self.args, *self.kwargs.values()]
        return torch.device(self.device if placement.holds_tensors(given) else "cpu")


def answered(function: Callable[..., Any], call: JudgedCall) -> Any:
    """What one of our own functions answers to a call, as `tell` puts it.

    Raises:
        Exception: Whatever the function raises.
    """
    return _invoked(function, call, *_copies(call)).value


def tell(function: Callable[..., Any], call: JudgedCall) -> Told:
    """Run one of our own functions on copies of a call's arguments, on the call's device."""
    args, kwargs = _copies(call)
    try:
        told = _invoked(function, call, args, kwargs)
        # What a device still has to do belongs to this call, and so does what goes wrong there.
        synchronize(torch.device(call.device))
        if call.watches_generator:
            told.states[GENERATOR] = generator_state(Witness().next_numbers)
    except BackwardError as error:
        return _raised(error.__cause__ or error, while_backward=True)
    except Exception as error:
        if (trouble := placement.ours(error, call.device)) is not None:
            raise trouble from error
        return _raised(error)
    return told


def _copies(call: JudgedCall) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """A call's arguments, on its device, to be changed by whoever likes."""
    copier = _Copier(torch.device(call.device))
    args = tuple(copier.copy(item) for item in call.args)
    return args, {name: copier.copy(item) for name, item in call.kwargs.items()}


def _invoked(
    function: Callable[..., Any], call: JudgedCall, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Observation:
    return invoke(
        function,
        args,
        kwargs,
        seed=call.seed,
        gradient_seed=call.gradient_seed,
        repeat=call.repeat,
    )


def generator_state(next_numbers: torch.Tensor) -> dict[str, torch.Tensor]:
    """Where the global generator stands, by what it gives next."""
    return {"next": next_numbers}


def timed(function: Callable[..., Any], call: JudgedCall, rounds: int) -> tuple[Told, float]:
    """The same without looking for changed arguments, and the seconds of the fastest of some calls.

    A single call says little: its memory may have to be found first, or another process runs.
    """
    args = tuple(
        item.to(call.device) if isinstance(item, torch.Tensor) else item for item in call.args
    )
    seconds = float("inf")
    told: Told | None = None
    for _ in range(rounds):
        start = time.perf_counter()
        told = invoke(function, args, call.kwargs, seed=call.seed, watches_changes=False)
        synchronize(torch.device(call.device))
        seconds = min(seconds, time.perf_counter() - start)
    if told is None:
        raise SuiteError("a race needs at least one round")
    return told, seconds


def is_same(told: Told, seen: Told, comparison: Comparison) -> bool:
    """Whether two functions did the same: value, changed arguments, gradients, or exception."""
    if isinstance(told, Raised) or isinstance(seen, Raised):
        return (
            isinstance(told, Raised)
            and isinstance(seen, Raised)
            and told.kinds[:1] == seen.kinds[:1]
            and told.while_backward == seen.while_backward
            and _letters(told.message) == _letters(seen.message)
        )
    try:
        if isinstance(told.value, torch.nn.Module):
            if not portrait.is_like(told.value, seen.value):
                return False
        elif comparison.difference(told.value, seen.value) is not None:
            return False
    except TypeError:
        return False
    if told.changed != seen.changed or len(told.gradients) != len(seen.gradients):
        return False
    for ours, theirs in zip(told.gradients, seen.gradients, strict=True):
        if (ours is None) != (theirs is None):
            return False
        if ours is not None and comparison.difference(ours, theirs) is not None:
            return False
    return all(
        comparison.difference(state, seen.states.get(key)) is None
        for key, state in told.states.items()
    )


class _Copier:
    """Copies one call's arguments so that they may be changed; twins keep their relations."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._twins: dict[int, Twin] = {}

    def copy(self, item: Any) -> Any:
        match item:
            case torch.Tensor():
                copied = laid_out(item.detach(), item.stride()).to(self._device)
                return copied.requires_grad_(item.requires_grad)
            case list():
                return [self.copy(part) for part in item]
            case tuple():
                return tuple(self.copy(part) for part in item)
            case dict():
                return {key: self.copy(part) for key, part in item.items()}
            case Twin():
                return self._twin(item)
            case _:
                return item

    def _twin(self, twin: Twin) -> Twin:
        if twin.key not in self._twins:
            args = tuple(self.copy(part) for part in twin.args)
            kwargs = {name: self.copy(part) for name, part in twin.kwargs.items()}
            copied = Twin.build(twin.key, twin.path, args, kwargs)
            copied.load(condition_of(twin.local), self._device)
            self._twins[twin.key] = copied
        return self._twins[twin.key]


def _raised(error: BaseException, *, while_backward: bool = False) -> Raised:
    kinds = tuple(kind.__name__ for kind in type(error).__mro__[:-1])
    return Raised(0, kinds, str(error)[:2000], None, "", while_backward)


def _letters(message: str) -> str:
    """A message without its numbers, so that sizes and addresses do not matter."""
    return re.sub(r"[^a-zA-Z]+", " ", message)[:200]
