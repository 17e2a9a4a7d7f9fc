"""How much of anything may be said over the wire, and what every record on it has in common.

msgspec checks these bounds while it decodes; what writes a record keeps to the same ones.
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta

MAX_STRING: Final = 10_000
MAX_NAME: Final = 300
MAX_NAMES: Final = 200
MAX_PROBLEMS: Final = 50
MAX_KINDS: Final = 16
MAX_MESSAGE: Final = 2_000
MAX_TRACEBACK: Final = 6_000
MAX_ARGUMENTS: Final = 256
MAX_OUTPUTS: Final = 20
MAX_PICTURE_BYTES: Final = 300_000

String = Annotated[str, Meta(max_length=MAX_STRING)]
Name = Annotated[str, Meta(max_length=MAX_NAME)]
Message = Annotated[str, Meta(max_length=MAX_MESSAGE)]
Traceback = Annotated[str, Meta(max_length=MAX_TRACEBACK)]
Line = Annotated[int, Meta(ge=0, le=1 << 31)]
Count = Annotated[int, Meta(ge=0, le=1 << 31)]


class Record(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Arrays on the wire: small, and strict about their length."""
