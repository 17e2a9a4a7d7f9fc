"""Zip files of students, on the trusted side: which files lie in one, and the bytes of a file.

The zip is read piece by piece and passed to a reader; what comes back is names and bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from grader.errors import IntakeError
from grader.intake.manifest import Manifest
from grader.intake.opening import chunks_of
from grader.intake.questions import ListMembers, TakeMember
from grader.intake.reader import OWN, Reader

MAX_ARCHIVE_BYTES: Final = 128 << 20
"""Room for the pictures in the notebooks of a whole course."""


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in a zip file.

    Attributes:
        path: The zip file.
        members: The names of its files, with forward slashes, in its own order.
        manifest: What `grade submit` wrote, if it packed this.
    """

    path: Path
    members: tuple[str, ...]
    manifest: Manifest | None


def open_archive(path: Path, reader: Reader = OWN, *, below: Path | None = None) -> Archive:
    """The list of a zip file's members, proved to be harmless.

    Args:
        path: The zip file.
        reader: Takes it apart.
        below: The folder that it was found in, as in `read_bounded`.

    Raises:
        IntakeError: The file is not a zip, or holds what no submission needs.
        WorkerError: The reader cannot be asked.
    """
    with _named(path):
        listing = reader.ask(ListMembers(), chunks_of(path, MAX_ARCHIVE_BYTES, below=below))
    return Archive(path=path, members=listing.members, manifest=listing.manifest)


def read_member(path: Path, name: str, reader: Reader = OWN, *, below: Path | None = None) -> bytes:
    """The bytes of one member; as for `open_archive`.

    Raises:
        IntakeError: The archive or the member cannot be read within bounds.
        WorkerError: The reader cannot be asked.
    """
    with _named(path):
        return reader.ask(TakeMember(name=name), chunks_of(path, MAX_ARCHIVE_BYTES, below=below))


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Say in an error which file it is about; what opens the file says so by itself."""
    try:
        yield
    except IntakeError as error:
        text = str(error)
        raise IntakeError(text if text.startswith(f"{path}: ") else f"{path}: {text}") from error
