"""Torch objects that exist on both sides: the same recipe, the same state, one each.

Runs beside student code as well, so a recipe names a class of a fixed list, never code.
"""

from __future__ import annotations

from typing import Any, Final

import torch

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

    def load(self, state: dict[str, torch.Tensor] | None, device: torch.device | None) -> None:
        """Move to `device` and take over another instance's state_dict."""
        if isinstance(self.local, torch.nn.Module):
            if device is not None:
                self.local.to(device)
            if state:
                self.local.load_state_dict(state)


def state_of(item: object) -> dict[str, torch.Tensor] | None:
    """The tensors of a module's state_dict; None for anything else (an optimizer starts fresh)."""
    return dict(item.state_dict()) if isinstance(item, torch.nn.Module) else None
