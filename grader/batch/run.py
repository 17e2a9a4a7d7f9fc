"""A batch: what remains is graded, each result is stored before the next is asked for.

Nothing that was graded is graded again: a batch that was stopped, by hand or by a power cut, goes
on where it was. What could not be graded, which is always our fault, gets another try.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from grader.course.load import suite_sha256
from grader.course.model import Course
from grader.errors import IntakeError, StoreError
from grader.executor import Assignment, run_local
from grader.export import grades_csv
from grader.grading import not_gradable
from grader.intake.reference import SubmissionRef
from grader.records import Result, Status, Submission, Tier
from grader.report import StudentPages, outline, write_class
from grader.store import Store
from grader.worker.launch import Zygote


def write_grades(folder: Path, results: Sequence[Result]) -> None:
    """Write `grades.csv`.

    Raises:
        StoreError: It cannot be written.
    """
    path = folder / "grades.csv"
    try:
        path.write_text(grades_csv(results), encoding="utf-8")
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written: {error.strerror}. The grades are stored; free some space "
            "or mend the folder, and write it again with `grade report`."
        ) from error


class Tally(msgspec.Struct, kw_only=True):
    """How far a batch is."""

    total: int
    done: int = 0
    kept: int = 0
    """Of the done ones, those that an earlier run had graded."""
    not_gradable: int = 0
    points: float = 0.0
    max_points: float = 0.0

    def count(self, result: Result, *, is_kept: bool) -> None:
        """One more is done."""
        self.done += 1
        self.kept += is_kept
        if result.status is Status.NOT_GRADABLE:
            self.not_gradable += 1
        else:
            self.points += result.points or 0.0
            self.max_points += result.max_points


class Listener(Protocol):
    """Is told how a batch goes on, in the process that runs it."""

    def progressed(self, tally: Tally, result: Result) -> None:
        """One more submission is done."""
        ...


class Batch:
    """One class, graded into one folder.

    Args:
        course: The course, with its hidden suites.
        references: All that the class handed in.
        store: Where results are kept.
        folder: Where reports go.
        assignment: Exercises and terms.
        listener: Told of each result.
        is_fresh: Grade again what was graded before.
        tier_notes: What each tier does not stop, for the reports.
    """

    def __init__(
        self,
        course: Course,
        references: Sequence[SubmissionRef],
        store: Store,
        folder: Path,
        assignment: Assignment,
        listener: Listener,
        *,
        is_fresh: bool = False,
        tier_notes: Mapping[Tier, Sequence[str]],
    ) -> None:
        self._references = tuple(references)
        self._store = store
        self._assignment = assignment
        self._listener = listener
        self._is_fresh = is_fresh
        self._suites = {e.name: suite_sha256(e) for e in assignment.exercises}
        self._tally = Tally(total=len(self._references))
        self._missing = Counter(reference.student for reference in self._references)
        self._unwritten: dict[str, dict[str, Result]] = {}
        self._names = [exercise.name for exercise in course.exercises]
        self._course = course
        self._folder = folder
        self._tier_notes = tier_notes
        students = [reference.student for reference in self._references]
        self._pages = StudentPages(
            folder, students, course_title=course.title, tier_notes=tier_notes
        )

    def run(self, jobs: int, zygote: Zygote) -> Tally:
        """Grade what remains, then write the class page and `grades.csv`.

        Raises:
            StoreError: A result or a report cannot be written; what was recorded stays.
            SandboxError, WorkerError: Workers or the reader are not to be had on this machine.
        """
        remaining = self._remaining()
        first = next(remaining, None)
        if first is not None:
            submissions = itertools.chain([first], remaining)
            run_local(self._assignment, submissions, jobs, self._record, zygote)
        self.write_class()
        return self._tally

    def write_class(self) -> Path:
        """The class page and `grades.csv`, from all that is stored; gives the page's path."""
        results = [outline(result) for result in self._store.each(self._names)]
        index = write_class(
            results,
            self._folder,
            course_title=self._course.title,
            exercises=self._names,
            tier_notes=self._tier_notes,
        )
        write_grades(self._folder, results)
        return index

    def _remaining(self) -> Iterator[Submission]:
        """What must be graded, read as it is needed; the rest is counted as done."""
        for reference in self._references:
            try:
                submission = reference.read(self._assignment.reader)
            except IntakeError as error:
                self._record(self._unreadable(reference, error))
                continue
            kept = None if self._is_fresh else self._kept(submission)
            if kept is None:
                yield submission
            else:
                self._count(kept, is_kept=True)

    def _kept(self, submission: Submission) -> Result | None:
        """The stored result, if the same bytes were judged by the same suite."""
        is_graded = self._store.is_graded(
            submission.student,
            submission.exercise,
            submission.sha256,
            self._suites[submission.exercise],
            str(self._assignment.looks(submission.exercise)),
        )
        return self._store.find(submission.student, submission.exercise) if is_graded else None

    def _unreadable(self, reference: SubmissionRef, error: IntakeError) -> Result:
        submission = Submission(
            student=reference.student,
            exercise=reference.exercise,
            filename=reference.filename,
            source=None,
            notes=reference.notes,
        )
        exercise = self._assignment.exercise(reference.exercise)
        result = not_gradable(submission, exercise, self._assignment.terms, str(error))
        return msgspec.structs.replace(result, unread=reference.told(error))

    def _record(self, result: Result) -> None:
        self._store.record(result)
        self._count(result, is_kept=False)

    def _count(self, result: Result, *, is_kept: bool) -> None:
        self._tally.count(result, is_kept=is_kept)
        self._missing[result.student] -= 1
        self._unwritten.setdefault(result.student, {})[result.exercise] = result
        if not self._missing[result.student]:
            # While stations grade on, this process has time to write pages.
            own = self._complete(result.student)
            self._pages.write([own[name] for name in self._names if name in own])
        self._listener.progressed(self._tally, result)

    def _complete(self, student: str) -> dict[str, Result]:
        """All results of a student, by exercise: those of this run, and what else is stored."""
        own = self._unwritten.pop(student)
        for name in self._names if len(own) < len(self._names) else ():
            if name not in own and (stored := self._store.find(student, name)) is not None:
                own[name] = stored
        return own
