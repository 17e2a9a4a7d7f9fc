"""Python objects to wire values and back.

`Packer` runs on both sides: for arguments in the trusted process, for answers beside student
code. `unpack` trusts that the wire has already checked every bound. What cannot cross stays
behind as a handle, which the packer's owner keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import Any, Final

import msgspec
import torch

from grader.worker.bounds import MAX_NAME, MAX_STRING
from grader.worker.messages import (
    BigValue,
    DeviceValue,
    DictValue,
    DTypeValue,
    HandleValue,
    ListValue,
    TensorValue,
    TupleValue,
    TwinValue,
    Value,
)
from grader.worker.twins import Twin, condition_of
from grader.worker.wire import (
    DEVICE,
    DTYPE_NAMES,
    DTYPES,
    MAX_DEPTH,
    MAX_NODES,
    MAX_RANK,
    NAMED_DTYPES,
)

_ALIGNMENT: Final = 64
_COPIED_BYTES: Final = 1 << 20
_MAX_PARTS: Final = MAX_NODES - 1_000
"""Containers stop here, so that gradients and states still find room in the same reply."""
_MAX_INT_BITS: Final = 4_096
_INT64: Final = 1 << 63


class Handle(msgspec.Struct, frozen=True):
    """The trusted side's name for an object that stayed in the worker."""

    number: int
    type_name: str


class Packer:
    """Packs objects into values and one payload.

    Args:
        keep: Takes an object that cannot cross and gives its handle number.
        keeps_layout: Say how a tensor that is not contiguous lies in memory. Arguments do: a
            function must cope with a transposed view. Answers are values, they lie as they like.
        has_bare: Let tensors without numbers cross: torch's device "meta" is worked on.
    """

    def __init__(
        self, keep: Callable[[object], int], *, keeps_layout: bool = False, has_bare: bool = False
    ) -> None:
        self.payload = bytearray()
        self._keep = keep
        self._keeps_layout = keeps_layout
        self._has_bare = has_bare
        self._parts = 0

    def pack(self, item: object, depth: int = MAX_DEPTH) -> Value:
        """The wire value of `item`; tensors add their bytes to the payload."""
        kind = type(item)
        if item is None or kind is bool or kind is float:
            return item  # type: ignore[return-value]
        if kind is int:
            return self._int(item)  # type: ignore[arg-type]
        if kind is str:
            return item if len(item) <= MAX_STRING else self._handle(item)  # type: ignore[arg-type,return-value]
        return self._compound(item, depth)

    def _compound(self, item: object, depth: int) -> Value:
        match item:
            case torch.Tensor():
                return self.tensor(item)
            case Twin():
                return self._twin(item)
            case Handle():
                return HandleValue(item.number, item.type_name)
            case list() if self._has_room(item, depth):
                return ListValue(tuple(self.pack(part, depth - 1) for part in item))
            case tuple() if self._has_room(item, depth):
                return TupleValue(tuple(self.pack(part, depth - 1) for part in item))
            case dict() if all(map(_is_key, item)) and self._has_room(item, depth):
                return DictValue(
                    tuple(
                        (self.pack(key, depth - 1), self.pack(part, depth - 1))
                        for key, part in item.items()
                    )
                )
            case torch.dtype():
                return DTypeValue(str(item).removeprefix("torch."))
            case torch.device() if DEVICE.fullmatch(str(item)):
                return DeviceValue(str(item))
            case _:
                return self._handle(item)

    def _has_room(self, item: Sized, depth: int) -> bool:
        """Whether a container crosses with all its parts; else it stays behind as a whole."""
        if depth == 0 or self._parts + len(item) > _MAX_PARTS:
            return False
        self._parts += len(item)
        return True

    def tensor(self, item: torch.Tensor) -> Value:
        """A tensor's description; its bytes go to the payload. Sparse and quantised ones stay."""
        plain = torch.Tensor.detach(item)
        if type(plain) is not torch.Tensor:
            plain = plain.as_subclass(torch.Tensor)
        name = DTYPE_NAMES.get(plain.dtype)
        device = str(plain.device)
        if (
            name is None
            or plain.layout is not torch.strided
            or plain.is_nested
            or plain.dim() > MAX_RANK
            or (device != "cpu" and not DEVICE.fullmatch(device))
            or (plain.is_meta and not self._has_bare)
        ):
            return self._handle(item)
        if plain.is_meta:
            return TensorValue(name, tuple(plain.shape), "meta", bool(item.requires_grad), 0, 0)
        host = plain.cpu().resolve_conj().resolve_neg()
        contiguous = host.contiguous()
        start = len(self.payload) + -len(self.payload) % _ALIGNMENT
        self.payload.extend(bytes(start - len(self.payload)))
        # Not a reshape: a single number may keep an odd stride, which view() refuses.
        flat = contiguous.as_strided((contiguous.numel(),), (1,))
        if flat.numel():
            self.payload += flat.view(torch.uint8).numpy().data
        return TensorValue(
            dtype=name,
            shape=tuple(plain.shape),
            device=device,
            requires_grad=bool(item.requires_grad),
            start=start,
            size=len(self.payload) - start,
            stride=tuple(host.stride())
            if self._keeps_layout and not host.is_contiguous()
            else None,
        )

    def _int(self, item: int) -> Value:
        if -_INT64 <= item < _INT64:
            return item
        return BigValue(hex(item)) if item.bit_length() <= _MAX_INT_BITS else self._handle(item)

    def _twin(self, twin: Twin) -> Value:
        return TwinValue(
            key=twin.key,
            path=twin.path,
            args=tuple(self.pack(part) for part in twin.args),
            kwargs={name: self.pack(part) for name, part in twin.kwargs.items()},
            condition=self.pack(condition_of(twin.local)),
        )

    def _handle(self, item: object) -> HandleValue:
        kind = type(item)
        name = str(kind.__qualname__)
        if kind.__module__ != "builtins":
            name = f"{kind.__module__}.{name}"
        return HandleValue(self._keep(item), name[:MAX_NAME])


class Unpacker:
    """Rebuilds objects from values and a payload.

    Args:
        payload: The frame's payload. Tensors share its memory.
        resolve: Gives the object behind a handle.
        device: Where tensors go; None leaves them on the CPU.
        home: If given, tensors that say they are there go there and others stay on the CPU.
    """

    def __init__(
        self,
        payload: bytearray,
        resolve: Callable[[HandleValue], object],
        device: torch.device | None = None,
        home: torch.device | None = None,
    ) -> None:
        self._payload = payload
        self._resolve = resolve
        self._device = device
        self._home = home
        self._twins: dict[int, Twin] = {}

    def unpack(self, value: Value) -> Any:
        """The object that `value` describes."""
        match value:
            case TensorValue():
                return self.tensor(value)
            case ListValue():
                return [self.unpack(item) for item in value.items]
            case TupleValue():
                return tuple(self.unpack(item) for item in value.items)
            case DictValue():
                return {self.unpack(key): self.unpack(item) for key, item in value.items}
            case DTypeValue():
                return NAMED_DTYPES[value.name]
            case DeviceValue():
                return torch.device(value.name)
            case BigValue():
                return int(value.digits, 16)
            case HandleValue():
                return self._resolve(value)
            case TwinValue():
                return self._twin(value)
            case _:
                return value

    def _bare(self, shape: tuple[int, ...], dtype: torch.dtype) -> Any:
        """A tensor without numbers; where nobody asked for such, a name for something else."""
        place = self._home or self._device
        if place is not None and place.type == "meta":
            return torch.empty(shape, dtype=dtype, device="meta")
        return Handle(0, "torch.Tensor")

    def tensor(self, value: TensorValue) -> Any:
        """A tensor over the payload's bytes, moved to the device if one was asked for."""
        dtype = DTYPES[value.dtype]
        if value.device == "meta":
            return self._bare(value.shape, dtype)
        if value.size == 0:
            plain = torch.empty(value.shape, dtype=dtype)
        else:
            count = value.size // dtype.itemsize
            if dtype is torch.bool:
                # A byte other than 0 or 1 is no bool: reading one as such is undefined.
                plain = torch.frombuffer(
                    self._payload, dtype=torch.uint8, count=count, offset=value.start
                ).ne(0)
            else:
                plain = torch.frombuffer(
                    self._payload, dtype=dtype, count=count, offset=value.start
                )
            plain = plain.reshape(value.shape)
        target = self._device
        if self._home is not None and is_at(value.device, self._home):
            target = self._home
        if value.stride is not None:
            plain = laid_out(plain, value.stride)
        elif self._device is not None and value.size < _COPIED_BYTES:
            # An argument is a tensor of its own, not a view of a frame: torch's messages tell them
            # apart. A large one is spared the copy.
            plain = plain.clone()
        if target is not None and target.type != "cpu":
            plain = plain.to(target)
        is_argument = self._device is not None
        return plain.requires_grad_() if is_argument and value.requires_grad else plain

    def _twin(self, value: TwinValue) -> Twin:
        """The twin, built once per frame: an optimizer and its model share their parameters."""
        if value.key not in self._twins:
            args = tuple(self.unpack(item) for item in value.args)
            kwargs = {name: self.unpack(item) for name, item in value.kwargs.items()}
            twin = Twin.build(value.key, value.path, args, kwargs)
            twin.load(self.unpack(value.condition), self._device)
            self._twins[value.key] = twin
        return self._twins[value.key]


def is_at(name: str, home: torch.device) -> bool:
    """Whether a device of this name is that one: "mps:0", say, is "mps"."""
    device = torch.device(name)
    return device.type == home.type and (device.index or 0) == (home.index or 0)


def _is_key(key: object) -> bool:
    """Whether a key of a dict crosses as itself."""
    kind = type(key)
    if kind is str:
        return len(key) <= MAX_STRING  # type: ignore[arg-type]
    if kind is int:
        return -_INT64 <= key < _INT64  # type: ignore[operator]
    return key is None or kind is bool or kind is float


def laid_out(plain: torch.Tensor, stride: tuple[int, ...]) -> torch.Tensor:
    """The same numbers in the given memory layout; an expanded dimension is expanded again."""
    narrow = plain[tuple(slice(0, 1) if step == 0 else slice(None) for step in stride)]
    laid = torch.empty_strided(narrow.shape, stride, dtype=plain.dtype, device=plain.device)
    return laid.copy_(narrow).expand(plain.shape)
