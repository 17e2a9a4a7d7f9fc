"""What is said between the trusted side and the process that reads for it."""

from __future__ import annotations

import struct
from typing import Final

import msgspec

from grader.records import Tier

CPU_SECONDS: Final = 10
"""What one document may take of the processor; a notebook of 64 MiB takes less than one."""
MEMORY_BYTES: Final = 1 << 30
"""What reading one document may take of memory; a text of 2 MiB may become hundreds of times as
much as a syntax tree."""
MAX_MESSAGE: Final = 1 << 16
QUESTION_LENGTH: Final = struct.Struct("<L")


class Setup(msgspec.Struct, frozen=True):
    """The first message to the process: how to close in, and what Python itself reads."""

    tier: Tier
    readable: tuple[str, ...]
    scratch: str


class Started(msgspec.Struct, frozen=True):
    """The first message from it: it is closed in, or could not be."""

    error: str | None = None


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """What was found out about a document.

    Attributes:
        answer: The answer, as msgpack.
        refusal: What is wrong with the document instead.
        fault: What is wrong on our side instead.
    """

    answer: msgspec.Raw = msgspec.Raw(b"\xc0")
    refusal: str | None = None
    fault: str | None = None
