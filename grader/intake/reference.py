"""A submission that was found and is not yet read.

A class is a list of these: small, so that four hundred students do not sit in memory, and lazy, so
that a file that cannot be read costs only itself, when its turn comes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from grader.errors import IntakeError
from grader.intake.archive import read_member
from grader.intake.source import read_bounded
from grader.records import Submission


class SubmissionRef(msgspec.Struct, frozen=True, kw_only=True):
    """Where one student's file for one exercise lies.

    Attributes:
        student: The student's identifier, safe to show and to use as a file name.
        exercise: The exercise's name.
        filename: The file's name as handed in, safe to show; the exercise's own if none was.
        path: The file, or the zip that holds it; None if nothing was handed in.
        member: The file's name in the zip.
        packed_sha256: The digest that the zip's manifest gives.
        notes: What was odd about finding it.
        problem: Why it cannot be read; `read` raises it.
    """

    student: str
    exercise: str
    filename: str
    path: Path | None = None
    member: str | None = None
    packed_sha256: str | None = None
    notes: tuple[str, ...] = ()
    problem: str | None = None

    def read(self) -> Submission:
        """The submission, read now.

        Raises:
            IntakeError: It cannot be read; the text says where it lies and what is wrong.
        """
        if self.problem is not None:
            raise IntakeError(self.problem)
        source, notes = None, self.notes
        if self.path is not None:
            source = (
                read_bounded(self.path)
                if self.member is None
                else read_member(self.path, self.member)
            )
            digest = hashlib.sha256(source).hexdigest()
            if self.packed_sha256 is not None and self.packed_sha256 != digest:
                notes = (*notes, "The file was changed after `grade submit` packed it.")
        return Submission(
            student=self.student,
            exercise=self.exercise,
            filename=self.filename,
            source=source,
            notes=notes,
        )
