"""What stands in for libraries that many notebooks call and that change no answer.

The checkers of other graders, Otter and OK, are left over from where a notebook was worked on:
their tests are not here, and the functions are judged by others. Progress bars (`tqdm`) and widgets
(`ipywidgets`) are for somebody who watches; where they are not installed, a function that draws a
bar over its training loop still trains. Each call does nothing and costs nothing, wherever it
stands.

Runs beside student code.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final, Self


class Nothing:
    """Takes anything; every method that is not written here does nothing."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        pass

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return _nothing

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass


class Progress(Nothing):
    """tqdm's bar: goes over what it is given, and counts."""

    def __init__(self, iterable: Iterable[Any] = (), *_: object, **options: object) -> None:
        self.iterable = iterable
        self.total = options.get("total")
        self.n: float = 0

    def __iter__(self) -> Iterator[Any]:
        for item in self.iterable:
            yield item
            self.n += 1

    def __len__(self) -> int:
        return len(self.iterable)  # type: ignore[arg-type]

    def __bool__(self) -> bool:
        return True

    def update(self, n: float = 1) -> None:
        """So many more are done."""
        self.n += n

    @classmethod
    def pandas(cls, *args: object, **kwargs: object) -> None:
        """Of tqdm itself, not of a bar."""

    @classmethod
    def write(cls, text: str, *_: object, **__: object) -> None:
        """Print beside the bar."""
        print(text)  # noqa: T201 - what the student prints


class Widget(Nothing):
    """Any of ipywidgets': has the value it was given, and shows nothing."""

    value: object = None

    def __init__(self, *_: object, **options: object) -> None:
        vars(self).update(options)

    def capture(self, *_: object, **__: object) -> Callable[[Any], Any]:
        """Of an `Output`: the function stays as it is."""
        return _itself

    def _ipython_display_(self) -> None:
        pass


def put_in() -> None:
    """Have imports of these libraries find what stands in for them."""
    for name in ("otter", "client", "client.api", "client.api.notebook"):
        _add(name)
    for name in ("otter", "client.api.notebook"):
        sys.modules[name].Notebook = Nothing  # type: ignore[attr-defined]
    if importlib.util.find_spec("tqdm") is None:
        for name in ("tqdm", "tqdm.auto", "tqdm.autonotebook", "tqdm.notebook", "tqdm.std"):
            vars(_add(name)).update(tqdm=Progress, trange=_over_range)
        vars(sys.modules["tqdm"]).update(tqdm_notebook=Progress, tnrange=_over_range)
    if importlib.util.find_spec("ipywidgets") is None:
        for name in ("ipywidgets", "ipywidgets.widgets"):
            vars(_add(name)).update(_WIDGETS)


def _add(name: str) -> ModuleType:
    module = ModuleType(name, "Stands in for a library that is not there.")
    module.__path__ = []
    module.__spec__ = ModuleSpec(name, None, is_package=True)
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], child, module)
    return module


def _nothing(*args: object, **kwargs: object) -> None:
    del args, kwargs


def _itself(function: Any) -> Any:
    return function


def _over_range(*bounds: int, **options: object) -> Progress:
    return Progress(range(*bounds), **options)


def _interact(function: Any = None, *_: object, **__: object) -> Any:
    """Called or as a decorator, with options or without: the function stays as it is."""
    return function if callable(function) else _itself


def _any_widget(name: str) -> type[Widget]:
    if name.startswith("_"):
        raise AttributeError(name)
    return Widget


_WIDGETS: Final[dict[str, object]] = {
    "interact": _interact,
    "interact_manual": _interact,
    "interactive": Widget,
    "interactive_output": Widget,
    "fixed": Widget,
    "__getattr__": _any_widget,
}
