"""Values in the terms of tensors: what a thing is before its numbers."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, Final

import torch

from grader.records import Answer
from grader.worker.twins import Twin
from grader.worker.values import Handle

_PREVIEW_ITEMS: Final = 8
_PREVIEW_CHARACTERS: Final = 240
_KNOWN_LIBRARIES: Final = ("torch.", "numpy.", "collections.", "decimal.", "fractions.")


def answer(value: Any) -> Answer:
    """The value's kind and its first numbers."""
    return Answer(summary=summary(value), preview=preview(value))


def summary(value: Any) -> str:
    """What it is: "float32 [3, 1]", "list of 2", "int", "None"."""
    match value:
        case None:
            return "None"
        case torch.Tensor():
            dtype = str(value.dtype).removeprefix("torch.")
            place = "" if value.device.type == "cpu" else f" on {value.device}"
            return f"{dtype} {list(value.shape)}{place}"
        case torch.dtype() | torch.device():
            return "torch.dtype" if isinstance(value, torch.dtype) else "torch.device"
        case list() | tuple() | dict():
            return f"{type(value).__name__} of {len(value)}"
        case Handle():
            return type_name(value)
        case Twin():
            return value.path
        case torch.nn.Module():
            return f"torch.nn.{type(value).__name__}"
        case _:
            return type(value).__name__


def type_name(value: Any) -> str:
    """The type for a sentence; a class of the student's own is not named, it could carry data."""
    if isinstance(value, Handle):
        name = value.type_name
        if "." not in name or name.startswith(_KNOWN_LIBRARIES):
            return name if name.replace(".", "").replace("_", "").isalnum() else "an object"
        return "an object of another class"
    return "tensor" if isinstance(value, torch.Tensor) else type(value).__name__


def preview(value: Any) -> str:
    """The first numbers, on one line."""
    # Taken piece by piece: a student may answer with [8, 8, 8, 8, 8, 8, 8, 8] numbers.
    text = ""
    for piece in _pieces(value):
        text += piece
        if len(text) > _PREVIEW_CHARACTERS:
            return text[: _PREVIEW_CHARACTERS - 1] + "…"
    return text


def _pieces(value: Any) -> Iterator[str]:
    match value:
        case torch.Tensor():
            # All of it at once: each number by itself would be a journey to a GPU and back.
            yield from _tensor(value.detach().cpu() if not value.is_meta else value)
        case list() | tuple():
            opening, closing = "[]" if isinstance(value, list) else "()"
            parts = (_pieces(item) for item in value[:_PREVIEW_ITEMS])
            yield from _listed(opening, parts, closing, is_cut=len(value) > _PREVIEW_ITEMS)
        case dict():
            shown = itertools.islice(value.items(), _PREVIEW_ITEMS)
            parts = (itertools.chain(_pieces(key), [": "], _pieces(item)) for key, item in shown)
            yield from _listed("{", parts, "}", is_cut=len(value) > _PREVIEW_ITEMS)
        case float():
            yield f"{value:.6g}"
        case Handle():
            yield f"<{type_name(value)}>"
        case _:
            yield repr(value)


def _tensor(value: torch.Tensor) -> Iterator[str]:
    if value.is_meta:
        yield "…"  # it has no numbers
        return
    if value.dim() == 0:
        item = value.item()
        yield f"{item:.6g}" if isinstance(item, float) else str(item)
        return
    parts = (_tensor(row) for row in value[:_PREVIEW_ITEMS])
    yield from _listed("[", parts, "]", is_cut=value.shape[0] > _PREVIEW_ITEMS)


def _listed(
    opening: str, parts: Iterable[Iterator[str]], closing: str, *, is_cut: bool
) -> Iterator[str]:
    yield opening
    for position, part in enumerate(parts):
        if position:
            yield ", "
        yield from part
    yield ", …" if is_cut else ""
    yield closing


def call(function: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """A call as its author wrote it, tensors by what they are."""
    parts = [_argument(item) for item in args]
    parts += [f"{name}={_argument(item)}" for name, item in kwargs.items()]
    return f"{function}({', '.join(parts)})"


def _argument(item: Any) -> str:
    if isinstance(item, torch.Tensor):
        if item.numel() <= _PREVIEW_ITEMS:
            return f"tensor({preview(item)})"
        return f"tensor: {summary(item)}"
    return preview(item) if not isinstance(item, Twin) else item.path
