"""What stands in for the checkers of other graders: Otter and OK, which many notebooks still call.

Their calls are left over from where a notebook was worked on. Here their tests are not there, and
the functions are judged by others, so each call does nothing and costs nothing, wherever it stands.

Runs beside student code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Final

_MODULES: Final = ("otter", "client", "client.api", "client.api.notebook")


class Notebook:
    """Otter's and OK's: every method does nothing."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        pass

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing


def put_in() -> None:
    """Have imports of these checkers find what stands in for them."""
    for name in _MODULES:
        module = ModuleType(name, "Stands in for a checker that is not there.")
        module.__path__ = []
        sys.modules[name] = module
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, module)
    for name in (_MODULES[0], _MODULES[-1]):
        sys.modules[name].Notebook = Notebook  # type: ignore[attr-defined]


def _nothing(*args: object, **kwargs: object) -> None:
    del args, kwargs
