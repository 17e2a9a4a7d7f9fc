"""Files that are saved again and again, as `grade check --watch` sees them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, Generic, Protocol, TypeVar

_LOOK_SECONDS: Final = 0.3


class Watched(Protocol):
    """Work that lies in one file or several."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """What may be read; a file that is not there yet may be among them."""


W = TypeVar("W", bound=Watched)
_State = tuple[tuple[Path, int, int, int], ...]


class Watch(Generic[W]):
    """Tells whose files were saved since it last told.

    Make it before anything is read: what is saved while the work is read and checked then counts
    as changed, and no save is ever missed.
    """

    def __init__(self, works: Sequence[W]) -> None:
        self._works = works
        self._told = self._look()

    def wait(self) -> tuple[W, ...]:
        """Those that were saved, once their files lie still: editors write in several steps."""
        before, now = self._told, self._look()
        while now == self._told or now != before:
            time.sleep(_LOOK_SECONDS)
            before, now = now, self._look()
        told, self._told = self._told, now
        return tuple(
            work for work, was, is_ in zip(self._works, told, now, strict=True) if was != is_
        )

    def _look(self) -> list[_State]:
        return [_state(work.paths) for work in self._works]


def _state(paths: Iterable[Path]) -> _State:
    """Differs whenever one of the files was saved."""
    found = []
    for path in paths:
        try:
            stat = path.stat()
        except OSError:  # not there yet, or about to be replaced
            continue
        found.append((path, stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(found)
