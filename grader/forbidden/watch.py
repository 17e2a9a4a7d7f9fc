"""A watch over one call in the server: does it use what is ruled out, under whatever name?

Theory of operation. What the syntax tree cannot see (a name put together from letters, a function
passed through three others) is seen when it runs, at three places:

- a *function mode* is asked about every function of torch that Python code calls on tensors, even
  by a reference that was taken before; it sees `F.linear` where only a product comes out below;
- a *dispatch mode* sees the operations themselves, whichever way they were reached: `torch.ops`,
  a scripted function, a function mode that was switched off;
- the names are *patched* in torch and in the student's module, for every thread of the process,
  and so are those that are not torch's at all.

What torch does by itself inside another function or layer is not the student's: the frames between
tell. The call goes on; that it used something is a note, which only ever costs. It is a note out
of the student's own process, so whoever takes the watch apart there is not seen by it: the text of
such a file says so to any reader.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, Final

import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from grader.forbidden.names import Family, families

_TORCH: Final = f"{Path(torch.__file__).parent}{os.sep}"
_LAYERS: Final = f"{Path(nn.modules.__file__).parent}{os.sep}"
_MAX_NOTED: Final = 8
_CONTAINERS: Final = frozenset({"module.py", "container.py"})
_OWNERS: Final = (
    torch,
    torch.Tensor,
    torch.nn.functional,
    torch.special,
    torch.linalg,
    torch.autograd,
    torch._C._nn,  # noqa: SLF001 - where torch keeps the C half of `F`
)


class Watch:
    """Watches calls of one function.

    Args:
        names: What is ruled out for it.
        module: The student's module.
        filename: Its name in frames.

    Attributes:
        noted: Of each thing that was used its position in `names`, with the student's line.
    """

    def __init__(self, names: Sequence[str], module: ModuleType, filename: str) -> None:
        self._families = families(names)
        self._module = module
        self._filename = filename
        self.noted: list[tuple[int, int | None]] = []

    def over(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, watched while it runs."""
        if not self._families:
            return function

        def watched(*args: Any, **kwargs: Any) -> Any:
            with contextlib.ExitStack() as stack:
                stack.enter_context(self._patched())
                if any(family.words for family in self._families):
                    stack.enter_context(_Operations(self._note))
                    stack.enter_context(_Functions(self._note))
                return function(*args, **kwargs)

        return watched

    def _note(self, word: str, frame: FrameType | None) -> None:
        """Note a use of a torch function by its bare name, if it is ruled out."""
        for index, family in enumerate(self._families):
            if family.has_word(word):
                self._note_family(index, family, frame)

    def _note_family(self, index: int, family: Family, frame: FrameType | None) -> None:
        """Note a use from this frame, unless what torch does by itself led there."""
        if len(self.noted) >= _MAX_NOTED:
            return
        while frame is not None and frame.f_code.co_filename.startswith((_TORCH, __file__)):
            if frame.f_code is _FUNCTIONS or _is_foreign_layer(frame, family):
                return
            frame = frame.f_back
        if not family.words and frame is not None and _is_a_library(frame, self._filename):
            return
        while frame is not None and frame.f_code.co_filename != self._filename:
            frame = frame.f_back
        self.noted.append((index, None if frame is None else frame.f_lineno))

    @contextlib.contextmanager
    def _patched(self) -> Iterator[None]:
        """Patch every name of what is ruled out."""
        undo = contextlib.ExitStack()
        with undo:
            replaced: dict[int, Callable[..., Any]] = {}
            for index, family in enumerate(self._families):
                for owner, name in _places(family):
                    original = getattr(owner, name)
                    wrapped = self._wrapped(index, family, original)
                    replaced[id(original)] = wrapped
                    _replace(undo, owner, name, wrapped)
            for name, item in list(vars(self._module).items()):
                if id(item) in replaced:
                    _replace(undo, self._module, name, replaced[id(item)])
            yield

    def _wrapped(
        self, index: int, family: Family, original: Callable[..., Any]
    ) -> Callable[..., Any]:
        @functools.wraps(original)
        def noting(*args: Any, **kwargs: Any) -> Any:
            self._note_family(index, family, _caller())
            return original(*args, **kwargs)

        return noting


class _Functions(TorchFunctionMode):
    """Is asked about every function of torch that is called on tensors."""

    def __init__(self, note: Callable[[str, FrameType | None], None]) -> None:
        super().__init__()
        self._note_use = note

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self._note_use(getattr(func, "__name__", "").partition(".")[0], _caller())
        return func(*args, **(kwargs or {}))


class _Operations(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Is asked about every operation below them."""

    def __init__(self, note: Callable[[str, FrameType | None], None]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._note_use = note

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name: str = func._schema.name  # noqa: SLF001 - the operation's only whole name
        self._note_use(name.partition("::")[2], _caller())
        return func(*args, **(kwargs or {}))


def _caller() -> FrameType | None:
    """Who called whoever asks."""
    return sys._getframe(2)  # noqa: SLF001 - the quick way, for each operation asks


_FUNCTIONS: Final[CodeType] = _Functions.__torch_function__.__code__


def _is_a_library(frame: FrameType, filename: str) -> bool:
    """Whether the code of another library runs here; what is made of a string is the student's."""
    name = frame.f_code.co_filename
    return name != filename and not name.startswith("<")


def _is_foreign_layer(frame: FrameType, family: Family) -> bool:
    """Whether a layer of torch's own runs here that is no part of what is ruled out."""
    code = frame.f_code
    if code.co_name != "forward" or not code.co_filename.startswith(_LAYERS):
        return False
    layer = code.co_qualname.partition(".")[0]
    return code.co_filename.removeprefix(_LAYERS) not in _CONTAINERS and not family.has_word(layer)


@functools.lru_cache(maxsize=64)
def _places(family: Family) -> tuple[tuple[Any, str], ...]:
    """Where something that is ruled out is to be had by name."""
    holder, last = _found(family.name)
    kind = getattr(holder, last, None)
    if isinstance(kind, type) and not issubclass(kind, nn.Module):
        return ((kind, "__init__"),)  # a layer's `forward` is seen by the modes
    if family.words:
        return tuple(
            (owner, name)
            for owner in _OWNERS
            for word in sorted(family.words)
            for name in (word, f"{word}_", f"_{word}", f"special_{word}")
            if _is_function(getattr(owner, name, None))
        )
    return ((holder, last),) if callable(kind) else ()


def _is_function(item: object) -> bool:
    return callable(item) and not isinstance(item, type)


def _found(path: str) -> tuple[object, str]:
    """The object that holds the last word of a path, and that word."""
    first, *words = path.split(".")
    if not words:
        return builtins, first
    owner: object = None
    with contextlib.suppress(Exception):  # a library that is not there cannot be called either
        owner = importlib.import_module(first)
        for word in words[:-1]:
            owner = getattr(owner, word, None) or importlib.import_module(f"{first}.{word}")
    return owner, words[-1]


def _replace(undo: contextlib.ExitStack, owner: Any, name: str, item: object) -> None:
    """Set an attribute until the watch ends."""
    is_own = name in vars(owner)
    before = getattr(owner, name)
    with contextlib.suppress(AttributeError, TypeError):  # a class of C's own holds still
        setattr(owner, name, item)
        if is_own:
            undo.callback(setattr, owner, name, before)
        else:
            undo.callback(delattr, owner, name)
