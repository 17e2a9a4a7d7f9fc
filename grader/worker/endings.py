"""How a worker's process can come to its end, as values; each way in one place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

import msgspec

from grader.errors import WireError
from grader.worker.channel import ChannelEnded, ChannelExpired, OutputFlooded


class Reason(StrEnum):
    """Why a worker's process came to its end."""

    CRASHED = "crashed"
    HUNG = "hung"
    MEMORY = "memory"
    GPU_MEMORY = "gpu memory"
    OUTPUT = "output"
    DISK = "disk"
    GARBAGE = "garbage"


class Ended(msgspec.Struct, frozen=True):
    """The process ended instead of answering; `line` is the statement that was loading, if any."""

    reason: Reason
    line: int | None = None


class LimitExceeded(Exception):  # noqa: N818 - the worker's end is no error of ours
    """Raised by a watch: the worker uses more than it may."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Died(Exception):  # noqa: N818 - it is caught and becomes an `Ended`
    """A conversation with a worker ended badly."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@contextmanager
def deaths() -> Iterator[None]:
    """Every way in which a conversation can end badly, as one exception with its reason."""
    try:
        yield
    except ChannelEnded:
        raise Died(Reason.CRASHED) from None
    except ChannelExpired:
        raise Died(Reason.HUNG) from None
    except OutputFlooded:
        raise Died(Reason.OUTPUT) from None
    except WireError:
        raise Died(Reason.GARBAGE) from None
    except LimitExceeded as exceeded:
        raise Died(exceeded.reason) from None
