"""Opening what students handed in: regular files only, bounded, reached without a link.

A link is not followed (one to the reference would earn full marks), and neither is a folder on the
way that has become a link since it was listed: from the folder that somebody trusted has named, the
way down is taken step by step, by descriptor. What is not a regular file is told before it is
opened, for opening a pipe may block and opening a device may do anything. A file with further names
on the disk (a hard link) may be anybody's, so below such a folder it is not read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Final

from grader.errors import IntakeError
from grader.intake.source import advice_on_size, limit_of

_CHUNK_BYTES: Final = 1 << 20
_HAS_DESCRIPTORS: Final = os.open in os.supports_dir_fd and os.scandir in os.supports_fd


def read_bounded(path: Path, limit_bytes: int | None = None, *, below: Path | None = None) -> bytes:
    """The bytes of a regular file that is not a link and not too large.

    Args:
        path: The file.
        limit_bytes: The most that is read; by default as its name allows.
        below: The folder that a trusted person named and from which the file was found; None if
            they named the file itself.

    Raises:
        IntakeError: The file cannot be read, or is not such a file.
    """
    return b"".join(chunks_of(path, limit_bytes, below=below))


def chunks_of(
    path: Path, limit_bytes: int | None = None, *, below: Path | None = None
) -> Iterator[bytes]:
    """The same piece by piece, so that a large file need not be held.

    Raises:
        IntakeError: The file cannot be read, or is not such a file; perhaps half-way.
    """
    limit_bytes = limit_of(path.name) if limit_bytes is None else limit_bytes
    with ExitStack() as stack:
        try:
            descriptor, size = _open(path, below, stack)
            if size > limit_bytes:
                raise _too_large(path, size, limit_bytes)
            count = 0
            while chunk := os.read(descriptor, _CHUNK_BYTES):
                count += len(chunk)
                if count > limit_bytes:  # it has grown since it was opened
                    raise _too_large(path, count, limit_bytes)
                yield chunk
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise IntakeError(f"{path}: cannot be read ({reason}).") from error


def list_folder(
    path: Path, limit: int, *, below: Path | None = None
) -> tuple[list[os.DirEntry[str]], bool]:
    """The entries of a folder, by name, and whether there are more than were looked at.

    Args:
        path: The folder.
        limit: The most entries that are looked at.
        below: As in `read_bounded`.

    Raises:
        OSError: It cannot be listed, or it has become a link.
    """
    with ExitStack() as stack:
        place: Path | int = path
        if _HAS_DESCRIPTORS:
            above = _walk(path if below is None else below, path, stack)
            place = above
        with os.scandir(place) as entries:
            found = list(islice(entries, limit + 1))
            for entry in found:
                entry.is_dir(follow_symlinks=False)  # asked now: later the descriptor is closed
    return sorted(found[:limit], key=lambda entry: entry.name), len(found) > limit


def _open(path: Path, below: Path | None, stack: ExitStack) -> tuple[int, int]:
    """A descriptor of a regular file, and its size."""
    folder, name = None, str(path)
    if below is not None and _HAS_DESCRIPTORS:
        folder, name = _walk(below, path.parent, stack), path.name
    seen = os.stat(name, dir_fd=folder, follow_symlinks=False)
    _refuse_irregular(path, seen)
    flags = os.O_RDONLY
    for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, flag, 0)  # as far as the system goes
    descriptor = os.open(name, flags, dir_fd=folder)
    stack.callback(os.close, descriptor)
    status = os.fstat(descriptor)
    _refuse_irregular(path, status)  # it may have been swapped meanwhile
    if below is not None and status.st_nlink > 1:
        raise IntakeError(
            f"{path}: has another name somewhere on this disk (a hard link), so it may be "
            "anybody's file. Put a copy there; `cp -r` makes copies of a whole class."
        )
    return descriptor, status.st_size


def _walk(root: Path, folder: Path, stack: ExitStack) -> int:
    """A descriptor of a folder at or below `root`, reached without following a link."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    descriptor = os.open(root, flags)
    stack.callback(os.close, descriptor)
    for part in folder.relative_to(root).parts:
        descriptor = os.open(part, flags | os.O_NOFOLLOW, dir_fd=descriptor)
        stack.callback(os.close, descriptor)
    return descriptor


def _refuse_irregular(path: Path, status: os.stat_result) -> None:
    if stat.S_ISLNK(status.st_mode):
        raise IntakeError(f"{path}: a link, and links are not followed. Put the file itself there.")
    if not stat.S_ISREG(status.st_mode):
        raise IntakeError(f"{path}: not a regular file, so it is not read.")


def _too_large(path: Path, size: int, limit_bytes: int) -> IntakeError:
    return IntakeError(
        f"{path}: {size:,} bytes; at most {limit_bytes:,} are read. {advice_on_size(path.name)}"
    )
