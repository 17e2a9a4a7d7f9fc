"""`submission.zip`: what `grade submit` packs, and the manifest in it.

The manifest is the student's own word: it names a student where nothing better does, and its
digests tell whether a file was changed after packing. No points hang on it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Mapping

import msgspec

MANIFEST = "manifest.json"
PACKED_NAME = "submission.zip"
MAX_MANIFEST_BYTES = 1 << 20

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name
_REGULAR_FILE = 0o100644


class PackedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a packed submission."""

    exercise: str
    path: str
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a packed submission says of itself.

    Attributes:
        student: Who packed it, by their own word.
        course: The course's name.
        created_at: UTC, ISO 8601, to the second.
        grade_version: The version of the program that packed it.
        files: In the order of the course.
    """

    student: str
    course: str
    created_at: str
    grade_version: str
    files: tuple[PackedFile, ...]
    schema_version: int = 1

    @property
    def moment(self) -> dt.datetime | None:
        """`created_at`, if it is a moment at all."""
        try:
            moment = dt.datetime.fromisoformat(self.created_at)
        except ValueError:
            return None
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=dt.UTC)

    def sha256_of(self, path: str) -> str | None:
        """The digest that a file had when it was packed; None if it is not listed."""
        return next((file.sha256 for file in self.files if file.path == path), None)


def pack(
    sources: Mapping[str, tuple[str, bytes]],
    *,
    student: str,
    course: str,
    created_at: str,
    grade_version: str,
) -> bytes:
    """A submission.zip; the same arguments give the same bytes.

    Args:
        sources: For each exercise's name, the file's name and its bytes.
        student: The student's identifier.
        course: The course's name.
        created_at: UTC, ISO 8601, to the second.
        grade_version: The version of this program.
    """
    files = tuple(
        PackedFile(exercise=exercise, path=name, sha256=hashlib.sha256(source).hexdigest())
        for exercise, (name, source) in sources.items()
    )
    manifest = Manifest(
        student=student,
        course=course,
        created_at=created_at,
        grade_version=grade_version,
        files=files,
    )
    document = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [(MANIFEST, document), *sources.values()]:
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system, for the same bytes
            entry.external_attr = _REGULAR_FILE << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def read_manifest(document: bytes) -> Manifest | None:
    """The manifest in a document, or None if it is none."""
    try:
        return msgspec.json.decode(document, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
