"""Torch objects that exist on both sides: the same recipe, the same condition, one each.

Runs beside student code as well, so a recipe names a class of a fixed list, never code.
"""

from __future__ import annotations

from typing import Any, Final, TypedDict

import torch


class Witness(torch.nn.Module):
    """A layer that lets everything pass, and tells of a call what no parameter shows.

    Attributes:
        graph_was_built: 0-d bool tensor: whether what passed was on its way to a gradient.
        is_training: 0-d bool tensor: the mode it was last put in.
    """

    graph_was_built: torch.Tensor
    is_training: torch.Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("graph_was_built", torch.tensor(data=False))
        self.register_buffer("is_training", torch.tensor(data=True))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The input itself."""
        if x.requires_grad:
            self.graph_was_built.fill_(value=True)
        return x

    def train(self, mode: bool = True) -> Witness:
        """Take over the mode, and note it."""
        self.is_training.fill_(mode)
        return super().train(mode)

    @property
    def next_numbers(self) -> torch.Tensor:
        """What torch's global generator gives next; it gives it again to whoever draws."""
        with torch.random.fork_rng(devices=[]):
            return torch.rand(4)


ALLOWED: Final[dict[str, type]] = {
    f"{kind.__module__.rsplit('.', 1)[0]}.{kind.__name__}": kind
    for kind in (
        torch.nn.Linear,
        torch.nn.ReLU,
        torch.nn.Sigmoid,
        torch.nn.Tanh,
        torch.nn.Dropout,
        torch.nn.Sequential,
        torch.nn.MSELoss,
        torch.nn.L1Loss,
        torch.nn.CrossEntropyLoss,
        torch.nn.BCEWithLogitsLoss,
        torch.optim.SGD,
        torch.optim.Adam,
        torch.optim.AdamW,
        Witness,
    )
}
PATHS: Final = {kind: path for path, kind in ALLOWED.items()}


class Twin:
    """One torch object of a pair: the recipe and the instance on this side.

    Attributes:
        key: Its number within one test; calls that pass the same twin pass the same object.
        path: The recipe's class, a key of `ALLOWED`.
        args, kwargs: What it was built with; twins among them stand for their instances, or for
            their parameters if this is an optimizer.
        local: The instance on this side.
    """

    def __init__(
        self, key: int, path: str, args: tuple[Any, ...], kwargs: dict[str, Any], local: Any
    ) -> None:
        self.key = key
        self.path = path
        self.args = args
        self.kwargs = kwargs
        self.local = local

    @classmethod
    def build(cls, key: int, path: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Twin:
        """Build the instance.

        Raises:
            KeyError: The class is not in `ALLOWED`.
        """
        kind = ALLOWED[path]
        is_optimizer = issubclass(kind, torch.optim.Optimizer)

        def local_of(item: Any) -> Any:
            if not isinstance(item, Twin):
                return item
            return list(item.local.parameters()) if is_optimizer else item.local

        local = kind(
            *map(local_of, args), **{name: local_of(item) for name, item in kwargs.items()}
        )
        return cls(key, path, args, kwargs, local)

    def load(self, condition: Condition | None, device: torch.device | None) -> None:
        """Move to `device` and take over another instance's condition."""
        if not isinstance(self.local, torch.nn.Module):
            return
        if device is not None:
            self.local.to(device)
        if condition is None:
            return
        self.local.load_state_dict(condition["state"])
        for name, parameter in self.local.named_parameters():
            gradient = condition["gradients"].get(name)
            parameter.grad = None if gradient is None else gradient.to(parameter.device, copy=True)
        for name, part in self.local.named_modules():
            part.training = condition["training"][name]


class Condition(TypedDict):
    """All that a copy of a module has to take over, by the names of its parts."""

    state: dict[str, torch.Tensor]
    gradients: dict[str, torch.Tensor]
    training: dict[str, bool]


def condition_of(item: object) -> Condition | None:
    """A module's state_dict, its gradients and its modes; None for anything else.

    (An optimizer starts fresh.)
    """
    if not isinstance(item, torch.nn.Module):
        return None
    return {
        "state": dict(item.state_dict()),
        "gradients": {n: p.grad for n, p in item.named_parameters() if p.grad is not None},
        "training": {name: part.training for name, part in item.named_modules()},
    }


def state_of(item: object) -> dict[str, torch.Tensor] | None:
    """The tensors of a module's state_dict, to compare afterwards; None for anything else."""
    return dict(item.state_dict()) if isinstance(item, torch.nn.Module) else None
