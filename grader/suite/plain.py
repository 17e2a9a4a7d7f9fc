"""Values as JSON, for recordings: readable in a diff, exact in their type."""

from __future__ import annotations

import math
from typing import Any

import torch

from grader.errors import SuiteError
from grader.worker.twins import ALLOWED, PATHS
from grader.worker.wire import DTYPE_NAMES, DTYPES


def to_plain(value: Any) -> Any:
    """The value as JSON can hold it; scalars as themselves, all else tagged by its kind.

    Raises:
        SuiteError: A public suite compares something that cannot be recorded.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return _float(value)
        case torch.Tensor():
            plain = value.detach().cpu()
            if plain.dtype not in DTYPE_NAMES or plain.is_complex():
                raise SuiteError(f"a tensor of {plain.dtype} cannot be recorded")
            numbers = plain.reshape(-1).tolist()
            return {
                "tensor": DTYPE_NAMES[plain.dtype],
                "shape": list(plain.shape),
                "values": [_float(n) if isinstance(n, float) else n for n in numbers],
            }
        case list() | tuple():
            kind = "list" if isinstance(value, list) else "tuple"
            return {kind: [to_plain(item) for item in value]}
        case dict():
            return {"dict": [[to_plain(key), to_plain(item)] for key, item in value.items()]}
        case torch.nn.Sequential():
            return {"layers": [_layer(layer) for layer in value]}
        case torch.dtype():
            return {"dtype": DTYPE_NAMES[value]}
        case torch.device():
            return {"device": str(value)}
        case _:
            raise SuiteError(f"a value of type {type(value).__name__} cannot be recorded")


def from_plain(plain: Any) -> Any:
    """The value that `to_plain` wrote."""
    match plain:
        case {"tensor": str(name), "shape": list(shape), "values": list(values)}:
            numbers = [_number(n) for n in values]
            return torch.tensor(numbers, dtype=DTYPES[name]).reshape(shape)
        case {"layers": list(layers)}:
            return torch.nn.Sequential(*map(_laid, layers))
        case {"list": list(items)}:
            return [from_plain(item) for item in items]
        case {"tuple": list(items)}:
            return tuple(from_plain(item) for item in items)
        case {"dict": list(items)}:
            return {from_plain(key): from_plain(item) for key, item in items}
        case {"dtype": str(name)}:
            return DTYPES[name]
        case {"device": str(name)}:
            return torch.device(name)
        case {"float": str(text)}:
            return float(text)
        case _:
            return plain


def _layer(layer: torch.nn.Module) -> dict[str, Any]:
    """A layer as its class, its sizes and its numbers."""
    match layer:
        case torch.nn.Linear():
            args = [layer.in_features, layer.out_features, layer.bias is not None]
        case torch.nn.ReLU() | torch.nn.Sigmoid() | torch.nn.Tanh():
            args = []
        case _:
            raise SuiteError(f"a layer of type {type(layer).__name__} cannot be recorded")
    return {
        "layer": PATHS[type(layer)],
        "args": args,
        "state": to_plain(dict(layer.state_dict())),
    }


def _laid(plain: dict[str, Any]) -> torch.nn.Module:
    """The layer that `_layer` wrote."""
    layer: torch.nn.Module = ALLOWED[plain["layer"]](*plain["args"])
    layer.load_state_dict(from_plain(plain["state"]))
    return layer


def _float(value: float) -> Any:
    """JSON has no NaN and no infinity."""
    return value if math.isfinite(value) else {"float": str(value)}


def _number(plain: Any) -> Any:
    return float(plain["float"]) if isinstance(plain, dict) else plain
