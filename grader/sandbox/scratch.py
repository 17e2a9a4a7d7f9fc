"""Scratch folders of workers that cannot have a file system of their own.

Each is locked by the process that made it for as long as that lives. So whoever comes later can
tell the folders that a killed process left behind, and remove them; and what lies in one is never
trusted to be shallow, to have permissions, or to have names that can be printed.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

_PREFIX: Final = "grade-scratch-"
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Scratch:
    """A folder that one worker may write to. Make one with `Scratch.make`."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def make(cls, user: int | None = None) -> Self:
        """An empty folder below the temporary one.

        Args:
            user: Who shall own it, if not the user of this process.
        """
        while True:
            path = Path(tempfile.mkdtemp(prefix=_PREFIX))
            lock = os.open(path, _FOLDER)
            fcntl.flock(lock, fcntl.LOCK_SH)
            if path.exists():
                break
            os.close(lock)  # somebody who swept up was faster than the lock
        if user is not None:
            os.chown(lock, user, user)
        return cls(path, lock)

    def remove(self) -> None:
        """Remove it and all that was left in it, once nobody writes there any more."""
        _remove(self.path)
        os.close(self._lock)


def sweep() -> None:
    """Remove the folders of this user whose makers have ended without doing so."""
    own = os.geteuid()
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            # As root, a worker's user has become the owner.
            if own in (0, path.lstat().st_uid) and not path.is_symlink():
                _remove_unlocked(path)


def _remove_unlocked(path: Path) -> None:
    if not os.access(path, os.R_OK | os.X_OK):
        path.chmod(0o700)
    folder = os.open(path, _FOLDER)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(path)
    finally:
        os.close(folder)


def _remove(path: Path) -> None:
    """Without recursion, so that no depth is too deep: inner folders are brought to the top."""
    with suppress(OSError):
        path.chmod(0o700)
        top = os.open(path, _FOLDER)
        try:
            while names := os.listdir(top):  # noqa: PTH208 - a descriptor has no path
                for name in names:
                    _take_apart(top, name)
        finally:
            os.close(top)
        path.rmdir()


def _take_apart(top: int, name: str) -> None:
    """Remove one entry of `top`; the folders in it become entries of `top` themselves."""
    if _unlinks(name, top):
        return
    os.chmod(name, 0o700, dir_fd=top)
    folder = os.open(name, _FOLDER, dir_fd=top)
    try:
        for inner in os.listdir(folder):  # noqa: PTH208 - as above
            if not _unlinks(inner, folder):
                os.chmod(inner, 0o700, dir_fd=folder)
                os.rename(inner, secrets.token_hex(16), src_dir_fd=folder, dst_dir_fd=top)
    finally:
        os.close(folder)
    os.rmdir(name, dir_fd=top)


def _unlinks(name: str, folder: int) -> bool:
    """Remove an entry that is no folder, or an empty one; whether it was such."""
    for remove in (os.unlink, os.rmdir):
        with suppress(OSError):
            remove(name, dir_fd=folder)
            return True
    return False
