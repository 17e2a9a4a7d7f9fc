"""One call, observed: the answer, the arguments it changed, the gradients it lets through.

The server runs a student's function through `invoke`; the trusted side runs the reference and the
misconceptions through the same function, so that both sides mean the same by each word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch

from grader.worker.numerics import seed_all
from grader.worker.twins import Twin, state_of


class Observation:
    """What one call did.

    Attributes:
        value: What it returned.
        changed: Positions of the arguments it changed; keyword arguments count on.
        gradients: Per float tensor argument, its gradient or None; empty if none was asked for.
        states: Per twin among the arguments, its state_dict afterwards, by key.
    """

    __slots__ = ("changed", "gradients", "states", "value")

    def __init__(
        self,
        value: Any,
        changed: tuple[int, ...] = (),
        gradients: tuple[torch.Tensor | None, ...] = (),
        states: dict[int, dict[str, torch.Tensor]] | None = None,
    ) -> None:
        self.value = value
        self.changed = changed
        self.gradients = gradients
        self.states = states or {}


class BackwardError(Exception):
    """Pulling the cotangent back through the answer raised; `__cause__` says what."""


def invoke(
    function: Callable[..., Any],
    args: Sequence[Any],
    kwargs: dict[str, Any],
    *,
    seed: int,
    gradient_seed: int | None = None,
    repeat: int = 1,
    watches_changes: bool = True,
) -> Observation:
    """Call `function` and observe it.

    Args:
        function: Any callable; whatever it raises goes through.
        args: Positional arguments; a `Twin` stands for its local instance. Tensors are changed in
            place if the function does so: pass copies to keep yours.
        kwargs: Keyword arguments.
        seed: For torch's global generator, the same on both sides.
        gradient_seed: If given, floating-point tensors among the arguments require gradients, and
            a standard normal cotangent from this seed is pulled back through the answer.
        repeat: How often to call with the very same arguments; the last answer counts.
        watches_changes: Whether to find out which arguments were changed; it takes a copy of all.

    Raises:
        BackwardError: Pulling back raised. (An answer without a graph has no gradients: None.)
    """
    given = [*args, *kwargs.values()]
    leaves: list[torch.Tensor] = []
    if gradient_seed is not None:
        leaves = [
            item.requires_grad_()
            for item in given
            if isinstance(item, torch.Tensor) and item.is_floating_point()
        ]
    before = [_snapshot(item) for item in given] if watches_changes else []
    call_args, call_kwargs = (
        [_local(item) for item in args],
        {k: _local(v) for k, v in kwargs.items()},
    )
    value = None
    for _ in range(repeat):
        seed_all(seed)
        value = function(*call_args, **call_kwargs)
    changed = tuple(
        position
        for position, (was, item) in enumerate(zip(before, given, strict=False))
        if not _is_same(was, item)
    )
    gradients: tuple[torch.Tensor | None, ...] = ()
    if gradient_seed is not None:
        gradients = _pull_back(value, leaves, gradient_seed)
    states = {
        item.key: {name: t.detach().clone() for name, t in (state_of(item.local) or {}).items()}
        for item in given
        if isinstance(item, Twin)
    }
    return Observation(value, changed, gradients, states)


def _pull_back(
    value: Any, leaves: list[torch.Tensor], seed: int
) -> tuple[torch.Tensor | None, ...]:
    """Gradients of the leaves; None for one that the answer does not depend on."""
    if not isinstance(value, torch.Tensor) or not value.requires_grad:
        return tuple(None for _ in leaves)
    cotangent = torch.randn(
        value.shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed)
    ).to(value.device, value.dtype)
    try:
        # The same as handing the cotangent to `grad`, which would import five hundred modules (half
        # a second for every fresh server) to compare two shapes.
        return torch.autograd.grad((value * cotangent).sum().real, leaves, allow_unused=True)
    except Exception as error:
        raise BackwardError from error


def _local(item: Any) -> Any:
    return item.local if isinstance(item, Twin) else item


def _snapshot(item: Any) -> Any:
    """A copy to compare with later; objects that are not data are not followed."""
    if isinstance(item, torch.Tensor):
        return item.detach().clone()
    if isinstance(item, list | tuple):
        return [_snapshot(part) for part in item]
    if isinstance(item, dict):
        return {key: _snapshot(part) for key, part in item.items()}
    return item


def _is_same(was: Any, item: Any) -> bool:
    if isinstance(item, torch.Tensor):
        return isinstance(was, torch.Tensor) and _is_same_tensor(was, item.detach())
    # A part of a container may have been replaced by one of another kind.
    if isinstance(item, list | tuple):
        return isinstance(was, list) and len(was) == len(item) and all(map(_is_same, was, item))
    if isinstance(item, dict):
        return (
            isinstance(was, dict)
            and was.keys() == item.keys()
            and all(_is_same(was[k], item[k]) for k in item)
        )
    if item is was or isinstance(item, Twin):
        return True
    return type(item) is type(was) and bool(item == was)


def _is_same_tensor(was: torch.Tensor, item: torch.Tensor) -> bool:
    if was.shape != item.shape or was.dtype != item.dtype:
        return False
    if was.is_meta or item.is_meta:
        return was.is_meta and item.is_meta  # there are no numbers that could have changed
    if torch.equal(was, item):
        return True
    # torch.equal calls NaN different from itself; an untouched NaN is untouched.
    return bool(((was == item) | ((was != was) & (item != item))).all())  # noqa: PLR0124
