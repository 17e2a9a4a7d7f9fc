"""A submission that was found and is not yet read.

A class is a list of these: small, so that four hundred students do not sit in memory, and lazy, so
that a file that cannot be read costs only itself, when its turn comes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import msgspec

from grader.errors import IntakeError
from grader.intake.archive import read_member
from grader.intake.names import printable
from grader.intake.notebook import is_notebook
from grader.intake.opening import read_bounded
from grader.intake.pair import Entry, settle
from grader.intake.reader import OWN, Reader
from grader.records import Submission


class SubmissionRef(msgspec.Struct, frozen=True, kw_only=True):
    """Where one student's file for one exercise lies.

    Attributes:
        student: The student's identifier, safe to show and to use as a file name.
        exercise: The exercise's name.
        filename: The file's name as handed in, safe to show; the exercise's own if none was.
        path: The file, or the zip that holds it; None if nothing was handed in.
        member: The file's name in the zip.
        below: The folder that it was found in; None if somebody named the file itself.
        packed_sha256: The digest that the zip's manifest gives.
        packed_at: When that was, if the manifest lists the file and says so.
        notes: What was odd about finding it.
        problem: Why it cannot be read; `read` raises it.
        rival: The file, where this is a notebook and the student handed in both.
        functions: The names of the functions that the exercise asks for.
    """

    student: str
    exercise: str
    filename: str
    path: Path | None = None
    member: str | None = None
    below: Path | None = None
    packed_sha256: str | None = None
    packed_at: dt.datetime | None = None
    notes: tuple[str, ...] = ()
    problem: str | None = None
    rival: SubmissionRef | None = None
    functions: tuple[str, ...] = ()

    @property
    def may_be_notebook(self) -> bool:
        """Whether what `read` gives may be a notebook."""
        return self.path is not None and is_notebook(self.filename)

    def read(self, reader: Reader = OWN) -> Submission:
        """The submission, read now; of a notebook and a file the one that is the answer.

        Args:
            reader: Takes apart what has to be.

        Raises:
            IntakeError: It cannot be read; the text says where it lies and what is wrong.
            WorkerError: The reader cannot be asked.
        """
        if self.problem is not None:
            raise IntakeError(self.problem)
        if self.rival is None:
            return _submission(self, None if self.path is None else _bytes(self, reader))
        notebook, file = _entry(self, reader), _entry(self.rival, reader)
        settled = settle(notebook, file, self.functions, reader)
        taken, entry = (self, notebook) if settled.is_notebook else (self.rival, file)
        # Asked again, what cannot be read says why.
        source = _bytes(taken, reader) if entry.source is None else entry.source
        return _submission(taken, source, settled.note)

    def told(self, error: IntakeError) -> str:
        """What an error of `read` says to students, who need not know where the class lies."""
        said = str(error)
        for path in (self.path, None if self.rival is None else self.rival.path):
            if path is not None:
                said = said.replace(str(path), printable(path.name))
        return said


def _bytes(reference: SubmissionRef, reader: Reader) -> bytes:
    path, member = reference.path, reference.member
    if path is None:
        raise IntakeError(f"{reference.filename}: nothing was handed in.")
    if member is None:
        return read_bounded(path, below=reference.below)
    return read_member(path, member, reader, below=reference.below)


def _entry(reference: SubmissionRef, reader: Reader) -> Entry:
    """The file with its bytes, or with the reason why they cannot be had."""
    name = reference.filename
    try:
        source = _bytes(reference, reader)
    except IntakeError as error:
        problem = reference.told(error).removeprefix(f"{name}: ")
        return Entry(name=name, source=None, problem=problem)
    return Entry(name=name, source=source, packed_at=reference.packed_at)


def _submission(reference: SubmissionRef, source: bytes | None, *more: str) -> Submission:
    notes = (*reference.notes, *more)
    if source is not None:
        digest = hashlib.sha256(source).hexdigest()
        if reference.packed_sha256 is not None and reference.packed_sha256 != digest:
            notes = (*notes, "The file was changed after `grade submit` packed it.")
    return Submission(
        student=reference.student,
        exercise=reference.exercise,
        filename=reference.filename,
        source=source,
        notes=notes,
    )
