"""What kernel and companion say to each other: frames of msgpack over two pipes."""

from __future__ import annotations

import struct
from typing import IO, Final, TypeVar

import msgspec

T = TypeVar("T")

_LENGTH: Final = struct.Struct("<Q")


class Executed(msgspec.Struct, frozen=True):
    """A cell that was executed: its number as Jupyter shows it, and its text."""

    number: int
    source: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One `%check`.

    Attributes:
        line: What stands behind `%check`.
        folder: The kernel's current folder.
        cells: All that this session executed, in order.
        imported: Functions of the session that no cell defines: name → module.
    """

    line: str
    folder: str
    cells: tuple[Executed, ...]
    imported: dict[str, str] = {}


class Answer(msgspec.Struct, frozen=True):
    """What is shown below the cell: an HTML fragment, and the same as plain text."""

    html: str
    text: str


def send(stream: IO[bytes], message: Question | Answer) -> None:
    """Write one message.

    Raises:
        OSError: Nobody reads any more.
    """
    document = msgspec.msgpack.encode(message)
    stream.write(_LENGTH.pack(len(document)) + document)
    stream.flush()


def receive(stream: IO[bytes], kind: type[T]) -> T:
    """Read one message.

    Raises:
        EOFError: The other side has ended.
        msgspec.DecodeError: It is no such message.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return msgspec.msgpack.decode(_exactly(stream, length), type=kind)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    found = stream.read(count)
    if len(found) < count:
        raise EOFError
    return found
