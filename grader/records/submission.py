"""One student's file for one exercise, as bytes that nobody has run yet."""

from __future__ import annotations

import hashlib

import msgspec


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What one student handed in for one exercise.

    Attributes:
        student: The student's identifier, already safe to show and to use as a file name.
        exercise: The exercise's name in the course.
        filename: The name of the file as handed in, for tracebacks and reports.
        source: The bytes of the file, or None if the student handed in no such file.
        notes: What intake had to say about it ("decoded as Latin-1"), for student and TA.
    """

    student: str
    exercise: str
    filename: str
    source: bytes | None
    notes: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of the file's bytes; the empty string if there is no file."""
        return "" if self.source is None else hashlib.sha256(self.source).hexdigest()
