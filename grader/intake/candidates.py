"""The files that could be a student's answer to an exercise, and which of them is taken.

A folder or zip of a student is searched a few levels deep. Of several files for one exercise the
one that lies least deep is taken, then the one named as asked, then the one handed in last by its
number; a note names the others, so that nobody has to guess what was graded. Notebooks and files
are chosen among themselves; which of the two is the answer is told when they are read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path, PurePath, PurePosixPath

import msgspec

from grader.course import Course, Exercise
from grader.errors import IntakeError
from grader.intake.archive import Archive, open_archive
from grader.intake.names import (
    HandedIn,
    is_packed_name,
    printable,
    recognise,
    split_platform_name,
)
from grader.intake.reader import OWN, Reader
from grader.intake.reference import SubmissionRef
from grader.intake.search import files_below, is_ignored

MAX_ZIPS = 50
"""How many zip files of one student are looked into."""
_OTHER_ARCHIVES = frozenset(
    {".7z", ".bz2", ".cab", ".gz", ".lz", ".lzma", ".rar", ".tar", ".tbz", ".tgz", ".txz", ".xz"}
    | {".zipx", ".zst"}
)
_SHOWN = 5


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A file that could be the answer to an exercise."""

    handed_in: HandedIn
    path: Path
    depth: int
    member: str | None = None
    below: Path | None = None
    packed_sha256: str | None = None
    packed_at: dt.datetime | None = None

    @property
    def name(self) -> str:
        """The file's own name, safe to show."""
        raw = self.path.name if self.member is None else PurePosixPath(self.member).name
        return printable(raw)

    @property
    def place(self) -> str:
        """Where it lies, for a note."""
        if self.member is None:
            return self.name
        return f"{printable(self.member)} in {printable(self.path.name)}"

    @property
    def rank(self) -> tuple[int, bool, int, str]:
        """Smallest for the candidate to take, of notebooks or of files."""
        said = self.handed_in
        return (self.depth, not said.is_exact, -said.copy_number, self.place)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search brought.

    Attributes:
        candidates: In no order that matters.
        archives: The zip files among them that could be read.
        problems: What could not be read, as sentences.
        unseen: What was not looked into, as sentences; told where nothing else was found.
    """

    candidates: tuple[Candidate, ...] = ()
    archives: tuple[Archive, ...] = ()
    problems: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    def __add__(self, other: Found) -> Found:
        return Found(
            candidates=self.candidates + other.candidates,
            archives=self.archives + other.archives,
            problems=self.problems + other.problems,
            unseen=self.unseen + other.unseen,
        )


def in_folder(
    folder: Path, course: Course, reader: Reader = OWN, *, below: Path | None = None
) -> Found:
    """The candidates in a folder, those in its zip files included.

    Args:
        folder: The folder.
        course: The course whose exercises are looked for.
        reader: Takes zip files apart.
        below: The folder that somebody trusted has named; this one if None.
    """
    below = folder if below is None else below
    files, problems, unseen = files_below(folder, below)
    found = Found(problems=problems, unseen=unseen)
    zips = 0
    for path, depth in files:
        if is_zip(path):
            zips += 1
            if zips <= MAX_ZIPS:
                found += in_archive(path, course, reader, depth=depth + 1, below=below)
        elif is_packed_otherwise(path):
            found += Found(unseen=(packed_otherwise(path.name),))
        elif (handed_in := recognise(path.name, course)) is not None:
            candidate = Candidate(handed_in=handed_in, path=path, depth=depth, below=below)
            found += Found(candidates=(candidate,))
    if zips > MAX_ZIPS:
        found += Found(problems=(f"Of {zips} zip files only {MAX_ZIPS} were looked into.",))
    return found


def in_archive(
    path: Path, course: Course, reader: Reader = OWN, *, depth: int = 0, below: Path | None = None
) -> Found:
    """The candidates in a zip file; a zip that cannot be read is a problem, not an exception.

    Args:
        path: The zip file.
        course: The course whose exercises are looked for.
        reader: Takes it apart.
        depth: How deep it lies.
        below: The folder that it was found in; None if somebody named the zip itself.

    Raises:
        WorkerError: The reader cannot be asked.
    """
    try:
        archive = open_archive(path, reader, below=below)
    except IntakeError as error:
        # Students read this too, and need not know where the class lies.
        return Found(problems=(printable(str(error).replace(str(path), path.name)),))
    candidates, unseen = [], []
    for member in archive.members:
        *folders, name = PurePosixPath(member).parts or ("",)
        if is_ignored(name) or any(map(is_ignored, folders)):
            continue
        if is_zip(PurePath(name)) or is_packed_otherwise(PurePath(name)):
            unseen.append(_packed_twice(name, path))
        handed_in = recognise(name, course)
        if handed_in is None:
            continue
        manifest = archive.manifest
        digest = manifest.sha256_of(member) if manifest else None
        candidates.append(
            Candidate(
                handed_in=handed_in,
                path=path,
                depth=depth + len(folders),
                member=member,
                below=below,
                packed_sha256=digest,
                packed_at=manifest.moment if manifest and digest else None,
            )
        )
    return Found(candidates=tuple(candidates), archives=(archive,), unseen=tuple(unseen[:_SHOWN]))


def choose(
    student: str, exercise: Exercise, found: Found, notes: Sequence[str] = ()
) -> SubmissionRef:
    """What is graded as the student's answer to an exercise.

    Args:
        student: The student's identifier, made safe.
        exercise: The exercise.
        found: All that was found of this student.
        notes: What to say about this student's submissions.

    Returns:
        A reference to the best candidate, to a notebook and a file if there are both; one without
        a file if there is none, and one that only holds a problem if something that could not be
        read might have held it.
    """
    own = [each for each in found.candidates if each.handed_in.exercise == exercise.name]
    if not own:
        return SubmissionRef(
            student=student,
            exercise=exercise.name,
            filename=exercise.file,
            notes=tuple(notes),
            problem=" ".join((*found.problems, *found.unseen[:_SHOWN])) or None,
        )
    notebooks = sorted((c for c in own if c.handed_in.is_notebook), key=lambda c: c.rank)
    files = sorted((c for c in own if not c.handed_in.is_notebook), key=lambda c: c.rank)
    said = (*notes, *found.problems)
    references = [_reference(student, exercise, kind, said) for kind in (notebooks, files) if kind]
    if len(references) == 1:
        return references[0]
    return msgspec.structs.replace(references[0], rival=references[1])


def _reference(
    student: str, exercise: Exercise, candidates: Sequence[Candidate], notes: Sequence[str]
) -> SubmissionRef:
    """A reference to the first of several notebooks, or of several files."""
    taken, others = candidates[0], candidates[1:]
    all_notes = [*notes]
    if not taken.handed_in.is_exact:
        asked = exercise.notebook_file if taken.handed_in.is_notebook else exercise.file
        all_notes.append(f"Read from `{taken.place}`; the exercise asks for `{asked}`.")
    if others:
        all_notes.append(f"Taken from {len(candidates)} files; not graded: {_some(others)}.")
    return SubmissionRef(
        student=student,
        exercise=exercise.name,
        filename=taken.name,
        path=taken.path,
        member=taken.member,
        below=taken.below,
        packed_sha256=taken.packed_sha256,
        packed_at=taken.packed_at,
        notes=tuple(all_notes),
        functions=tuple(function.name for function in exercise.functions),
    )


def student_of_zip(path: Path, found: Found) -> str | None:
    """Whose a zip is: what a platform or a person named it after, else what its manifest says.

    Args:
        path: The zip.
        found: What was found in it.
    """
    student, _ = split_platform_name(path.name)
    if student is not None:
        return student
    if not is_named_by_manifest(path):
        return path.stem
    manifests = (archive.manifest for archive in found.archives)
    return next((manifest.student for manifest in manifests if manifest is not None), None)


def is_named_by_manifest(path: PurePath) -> bool:
    """Whether nothing but a zip's own manifest can say whose it is: "submission (1).zip"."""
    student, name = split_platform_name(path.name)
    return student is None and is_packed_name(name)


def is_zip(path: PurePath) -> bool:
    """Whether the file is named as a zip."""
    return path.suffix.casefold() == ".zip"


def is_packed_otherwise(path: PurePath) -> bool:
    """Whether the file is named as an archive that is not read here."""
    return path.suffix.casefold() in _OTHER_ARCHIVES


def packed_otherwise(name: str) -> str:
    """What to say about such a file."""
    return (
        f"`{printable(name)[:80]}` is packed in a way that is not read here. Hand in the files "
        "themselves, or an ordinary zip; `grade submit` packs one."
    )


def _packed_twice(name: str, path: Path) -> str:
    return (
        f"`{printable(name)[:80]}` in `{printable(path.name)}` is packed once more, and was not "
        "looked into. Put the files themselves into one zip."
    )


def _some(candidates: Sequence[Candidate]) -> str:
    shown = ", ".join(f"`{candidate.place}`" for candidate in candidates[:_SHOWN])
    more = len(candidates) - _SHOWN
    return shown if more <= 0 else f"{shown} and {more} more"
