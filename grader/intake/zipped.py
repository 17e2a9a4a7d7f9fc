"""A zip file's bytes → the names in it, or one member's bytes; nothing is unpacked to disk.

Theory of operation: the directory is measured before `zipfile` parses it (a directory of a million
entries costs half a gigabyte), names that leave the archive, links and locked members refuse the
archive as a whole, and a member is inflated up to a fixed size, whatever size it claims. These are
pure functions of bytes: who calls them decides in which process, see `reader`.
"""

from __future__ import annotations

import io
import itertools
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePosixPath

import msgspec

from grader.errors import IntakeError
from grader.intake.manifest import MANIFEST, MAX_MANIFEST_BYTES, Manifest, read_manifest
from grader.intake.names import printable
from grader.intake.notebook import is_notebook
from grader.intake.source import advice_on_size, limit_of

MAX_MEMBERS = 1000
MAX_DIRECTORY_BYTES = 1 << 20
MAX_RATIO = 500
"""How much a Python file may grow; Deflate itself ends at 1032, as a notebook's prints may."""

_END = b"PK\x05\x06"
_END_BYTES = 22
_END64 = b"PK\x06\x07"
_END64_BYTES = 20
_LONGEST_REMARK = 1 << 16
_READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_IS_LOCKED = 0x1
_IS_UTF_8 = 0x800
_HEADER_BYTES = 30
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
)


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What lies in a zip file.

    Attributes:
        members: The names of its files, with forward slashes, in its own order.
        manifest: What `grade submit` wrote, if it packed this.
    """

    members: tuple[str, ...]
    manifest: Manifest | None


def list_members(content: bytes) -> Listing:
    """The list of a zip file's members, proved to be harmless.

    Raises:
        IntakeError: The bytes are no zip, or hold what no submission needs.
    """
    with _opened(content) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        manifest = None
        if MANIFEST in archive.namelist():
            manifest = read_manifest(_inflate(archive, MANIFEST, MAX_MANIFEST_BYTES))
    return Listing(members=tuple(entry.filename for entry in entries), manifest=manifest)


def take_member(content: bytes, name: str) -> bytes:
    """The bytes of one member.

    Raises:
        IntakeError: The archive or the member cannot be read within bounds.
    """
    with _opened(content) as archive:
        return _inflate(archive, name, limit_of(name))


def _opened(content: bytes) -> zipfile.ZipFile:
    _measure(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise IntakeError(f"not a zip file that can be read ({_why(error)}).") from error
    seen = set()
    for entry in archive.infolist():
        _refuse_harmful(entry)
        if entry.filename in seen:
            raise IntakeError(f"holds two files named {_shown(entry.filename)}.")
        seen.add(entry.filename)
    _refuse_overlaps(archive.infolist())
    return archive


def _measure(content: bytes) -> None:
    """Refuse a directory that would cost much to parse, before it is parsed."""
    # `zipfile` looks for the end record in the same place: at the very end, or before a remark.
    if content[-_END_BYTES:].startswith(_END) and content.endswith(b"\0\0"):
        position = len(content) - _END_BYTES
    else:
        position = content.rfind(_END, max(0, len(content) - _LONGEST_REMARK - _END_BYTES))
    record = content[position : position + _END_BYTES]
    if position < 0 or len(record) < _END_BYTES:
        raise IntakeError("not a zip file, or only the beginning of one. Hand it in again.")
    entries, directory_bytes = struct.unpack("<H L", record[10:12] + record[12:16])
    is_zip64 = content[max(0, position - _END64_BYTES) : position].startswith(_END64)
    if is_zip64 or entries > MAX_MEMBERS or directory_bytes > MAX_DIRECTORY_BYTES:
        raise IntakeError(
            f"holds more than {MAX_MEMBERS} files. Hand in the exercises' files only; "
            "`grade submit` packs them."
        )


def _refuse_harmful(entry: zipfile.ZipInfo) -> None:
    if not entry.filename:  # as one that begins with NUL becomes
        raise IntakeError("holds a file without a name. Pack it again as an ordinary zip.")
    name = PurePosixPath(entry.filename)
    has_drive = ":" in entry.filename.partition("/")[0]
    if name.is_absolute() or ".." in name.parts or "\\" in entry.filename or has_drive:
        raise IntakeError(f"holds {_shown(entry.filename)}, a name that leads out of the archive.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise IntakeError(f"holds the link {_shown(entry.filename)}, and links are not followed.")
    if entry.flag_bits & _IS_LOCKED:
        raise IntakeError(f"{_shown(entry.filename)} is locked with a password.")


def _refuse_overlaps(entries: Sequence[zipfile.ZipInfo]) -> None:
    """Members that share bytes: a small zip of that kind unpacks to any size."""
    laid = sorted(entries, key=lambda entry: entry.header_offset)
    for entry, following in itertools.pairwise(laid):
        # Name and bytes follow a header of 30 bytes; a further field may stand between the two.
        coding = "utf-8" if entry.flag_bits & _IS_UTF_8 else "cp437"
        name_bytes = len(entry.orig_filename.encode(coding, "replace"))
        end = entry.header_offset + _HEADER_BYTES + name_bytes + entry.compress_size
        if following.header_offset < end:
            raise IntakeError(
                f"{_shown(entry.filename)} and {_shown(following.filename)} overlap in it. Pack it "
                "again as an ordinary zip."
            )


def _inflate(archive: zipfile.ZipFile, name: str, limit_bytes: int) -> bytes:
    try:
        entry = archive.getinfo(name)
    except KeyError as error:
        raise IntakeError(f"holds no file {_shown(name)}.") from error
    if entry.compress_type not in _READABLE:
        raise IntakeError(
            f"{_shown(name)} is packed in a way that is not read here. "
            "Pack it again as an ordinary zip."
        )
    if entry.file_size > limit_bytes:
        raise IntakeError(
            f"{_shown(name)} unpacks to {entry.file_size:,} bytes; at most "
            f"{limit_bytes:,} are read. {advice_on_size(name)}"
        )
    if not is_notebook(name) and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise IntakeError(
            f"{_shown(name)} unpacks to {entry.file_size:,} bytes, more than {MAX_RATIO} "
            "times its packed size. No Python file does; pack it again."
        )
    try:
        with archive.open(entry) as stream:
            return stream.read(limit_bytes)
    except _BROKEN as error:
        raise IntakeError(f"{_shown(name)} is damaged ({_why(error)}).") from error


def _shown(name: str) -> str:
    return f"`{printable(name[:80])}`"


def _why(error: BaseException) -> str:
    return printable(str(error))[:120] or type(error).__name__
