"""Frames: a length-prefixed msgpack header and raw tensor bytes, bounded before they are believed.

    frame := header size (u32 LE) · payload size (u32 LE) · header (msgpack) · payload (bytes)

The trusted side decodes what a hostile process wrote, so `decode_reply` answers any bytes with a
`Reply` or a `WireError`, never anything else, and allocates at most a small multiple of them.
"""

from __future__ import annotations

import math
import re
import struct
from typing import Final

import msgspec
import torch

from grader.errors import WireError
from grader.worker.messages import (
    BigValue,
    DeviceValue,
    DictValue,
    DTypeValue,
    HandleValue,
    ListValue,
    Reply,
    Request,
    Returned,
    TensorValue,
    TupleValue,
    TwinValue,
    Value,
)

PREFIX: Final = struct.Struct("<II")
MAX_HEADER_BYTES: Final = 1 << 20
MAX_RANK: Final = 16
MAX_DEPTH: Final = 12
MAX_NODES: Final = 20_000
MAX_DIGITS: Final = 1_026
"""An int of 4096 bits in hexadecimal, with its sign and prefix."""

DTYPES: Final[dict[str, torch.dtype]] = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.float32,
        torch.float64,
        torch.float16,
        torch.bfloat16,
        torch.int64,
        torch.int32,
        torch.int16,
        torch.int8,
        torch.uint8,
        torch.bool,
        torch.complex64,
        torch.complex128,
    )
}
DTYPE_NAMES: Final = {dtype: name for name, dtype in DTYPES.items()}
NAMED_DTYPES: Final = {
    name: item for name, item in vars(torch).items() if isinstance(item, torch.dtype)
}
"""Every dtype of torch by each of its names: one may be answered, though only `DTYPES` cross."""
ITEM_BYTES: Final = {name: dtype.itemsize for name, dtype in DTYPES.items()}

DEVICE: Final = re.compile(r"(cpu|cuda|mps|xpu|meta)(:(0|[1-9][0-9]?))?")
"""torch knows more devices, and warns or wraps around at some names; these it takes as they are."""

_MOST_ELEMENTS: Final = 1 << 48
_HEXADECIMAL = re.compile(r"-?0x[0-9a-f]{1,1024}")
_encoder = msgspec.msgpack.Encoder()
_request_decoder: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)
_reply_decoder: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)


def encode(message: Request | Reply, payload: bytes | bytearray = b"") -> bytes:
    """One frame as bytes."""
    return encode_head(message, payload) + payload


def encode_head(message: Request | Reply, payload: bytes | bytearray) -> bytes:
    """The frame without its payload, which is to follow."""
    header = _encoder.encode(message)
    return PREFIX.pack(len(header), len(payload)) + header


def sizes(prefix: bytes, max_payload_bytes: int) -> tuple[int, int]:
    """Header and payload size that an eight-byte prefix announces.

    Raises:
        WireError: The frame would be larger than allowed.
    """
    header, payload = PREFIX.unpack(prefix)
    if header > MAX_HEADER_BYTES or payload > max_payload_bytes:
        raise WireError(f"a frame of {header} + {payload} bytes is larger than allowed")
    return header, payload


def decode_request(header: bytes | bytearray) -> Request:
    """The request that the trusted side wrote; used in the worker only."""
    return _request_decoder.decode(header)


def decode_reply(header: bytes | bytearray, payload_bytes: int) -> Reply:
    """A reply from an untrusted worker, every bound checked against its payload's size.

    Raises:
        WireError: The bytes are not a reply, or it claims more than it carries.
    """
    try:
        reply = _reply_decoder.decode(header)
    except (msgspec.DecodeError, ValueError, RecursionError, OverflowError) as error:
        raise WireError(f"not a reply: {type(error).__name__}") from None
    if isinstance(reply, Returned):
        _Audit(payload_bytes).reply(reply)
    return reply


class _Audit:
    """Walks a reply once; counts nodes and payload bytes so that nothing is claimed twice."""

    def __init__(self, payload_bytes: int) -> None:
        self._payload_bytes = payload_bytes
        self._bytes_left = payload_bytes
        self._nodes_left = MAX_NODES

    def reply(self, reply: Returned) -> None:
        self.value(reply.value, MAX_DEPTH)
        for gradient in reply.gradients:
            self.value(gradient, MAX_DEPTH)
        for _, state in reply.states:
            self.value(state, MAX_DEPTH)

    def value(self, value: Value, depth: int) -> None:  # noqa: C901, PLR0912 - one case per kind
        self._nodes_left -= 1
        if self._nodes_left < 0 or depth < 0:
            raise WireError("a value is nested too deeply or has too many parts")
        match value:
            case TensorValue():
                self.tensor(value)
            case ListValue() | TupleValue():
                for item in value.items:
                    self.value(item, depth - 1)
            case DictValue():
                keys = set()
                for key, item in value.items:
                    if not isinstance(key, str | int | float | bool | None):
                        raise WireError("a key of a dict is not a scalar")
                    keys.add(key)
                    self.value(item, depth - 1)
                if len(keys) != len(value.items):
                    raise WireError("a dict with the same key twice")
            case DTypeValue():
                # Any dtype of torch may be named; only those of the table carry numbers.
                if value.name not in NAMED_DTYPES:
                    raise WireError("a dtype that torch does not have")
            case DeviceValue():
                self.device(value.name)
            case TwinValue():
                raise WireError("a worker does not send twins")
            case BigValue():
                if len(value.digits) > MAX_DIGITS or not _HEXADECIMAL.fullmatch(value.digits):
                    raise WireError("a number that is none")
            case HandleValue() | str() | int() | float() | None:
                pass

    def tensor(self, value: TensorValue) -> None:
        item_bytes = ITEM_BYTES.get(value.dtype)
        if item_bytes is None:
            raise WireError("a tensor of a dtype that does not cross the wire")
        if len(value.shape) > MAX_RANK or any(size < 0 for size in value.shape):
            raise WireError("a tensor of impossible shape")
        if value.stride is not None:
            raise WireError("a worker's tensors are contiguous")
        is_bare = value.device == "meta"  # torch's device without numbers
        if (0 if is_bare else math.prod(value.shape) * item_bytes) != value.size:
            raise WireError("a tensor's size does not follow from its shape")
        if value.start < 0 or value.start + value.size > self._payload_bytes:
            raise WireError("a tensor outside its frame")
        if value.start % item_bytes:
            raise WireError("a tensor whose numbers are not aligned")
        # torch keeps sizes and strides in 64 bits; an empty tensor may still claim ones beyond.
        if math.prod(size or 1 for size in value.shape) > _MOST_ELEMENTS:
            raise WireError("a tensor of impossible shape")
        self._bytes_left -= value.size
        if self._bytes_left < 0:
            raise WireError("the same bytes are claimed by several tensors")
        self.device(value.device)

    @staticmethod
    def device(name: str) -> None:
        if not DEVICE.fullmatch(name):
            raise WireError("a device that does not cross the wire")
