"""One submission, end to end: the steps from bytes to a stored result.

    decode → start a worker → load → examine → score → result

A student's failure is part of the result. A failure of ours is caught here and nowhere else,
tried once more with a fresh worker, and then recorded as `not_gradable`: never as a zero.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import platform
import time
from typing import Final

import msgspec
import torch

import grader
from grader.course.model import Exercise
from grader.device import looks
from grader.device.name import AUTO, CPU
from grader.errors import DeviceLostError, GraderError, IntakeError, SuiteError
from grader.forbidden.text import Use
from grader.grading import abroad
from grader.grading.bench import Bench
from grader.grading.cells import excused
from grader.grading.cells import notes as notes_on
from grader.grading.loading import Hire
from grader.grading.look import Look
from grader.grading.names import Names
from grader.intake.questions import FindUses
from grader.intake.reader import OWN, Reader, read_by
from grader.intake.reading import Reading
from grader.records import (
    LoadProblem,
    Outcome,
    Result,
    Status,
    Submission,
    TestResult,
    Tier,
    Verdict,
)
from grader.records.notebook import CellRun
from grader.records.outcome import Finding
from grader.scoring import score, total, worths_of
from grader.suite.station import Judge
from grader.worker.endings import Ended
from grader.worker.messages import Loaded

VERSIONS: Final = {
    "python": platform.python_version(),
    "torch": str(torch.__version__),
    "torchgrade": grader.__version__,
}


class Terms(msgspec.Struct, frozen=True):
    """Under which terms submissions are graded.

    Attributes:
        tier: How workers are confined.
        device: What `--device` asks for.
        secret: From which every submission's seed is derived.
        seed: Given instead of a derived one, to reproduce a result.
    """

    tier: Tier
    device: str = AUTO
    secret: bytes = b""
    seed: int | None = None

    def seed_for(self, submission: Submission) -> int:
        """The submission's seed: the same file gets the same hidden data, another file others."""
        if self.seed is not None:
            return self.seed
        key = f"{submission.exercise}/{submission.student}/{submission.sha256}"
        digest = hashlib.blake2b(key.encode(), key=self.secret[:64], digest_size=8).digest()
        return int.from_bytes(digest) >> 1


def grade(
    submission: Submission,
    judge: Judge,
    terms: Terms,
    hire: Hire,
    reader: Reader = OWN,
    bench: Bench | None = None,
) -> Result:
    """Grade one submission; a notebook is taken apart by the reader.

    Never raises for anything that concerns this submission alone.

    Args:
        submission: What was handed in.
        judge: Who judges it.
        terms: Under which terms.
        hire: Gives workers on the CPU.
        reader: Takes notebooks apart.
        bench: Where to work on a device, if the terms or the exercise ask for one.

    Raises:
        DeviceLostError: The GPU of this process is sick; another process may grade it.
    """
    attempt = _Attempt(submission, judge, terms, reader, bench)
    try:
        try:
            return attempt.result(hire)
        except (SuiteError, DeviceLostError):
            raise  # it would break again
        except GraderError:
            return attempt.result(hire)
    except DeviceLostError:
        raise
    except GraderError as error:
        return attempt.not_gradable(str(error))
    except Exception as error:  # noqa: BLE001 - the one step that must not lose the batch
        return attempt.not_gradable(f"a fault of grade itself: {type(error).__name__}: {error}")


def not_gradable(
    submission: Submission, exercise: Exercise, terms: Terms, reason: str, suite_sha256: str = ""
) -> Result:
    """The result of a submission that nobody could judge: ours to mend, never a zero."""
    looked_at = looks(terms.device, exercise.device)
    return Result(
        student=submission.student,
        exercise=exercise.name,
        title=exercise.title,
        points=None,
        max_points=exercise.max_points,
        status=Status.NOT_GRADABLE,
        reason=reason,
        sandbox_tier=terms.tier,
        device=looked_at.record,
        other_device=looked_at.other,
        seed=terms.seed_for(submission),
        started_at=_now(),
        wall_seconds=0.0,
        filename=submission.filename,
        sha256=submission.sha256,
        suite_sha256=suite_sha256,
        notes=submission.notes,
        versions=VERSIONS,
    )


class _Attempt:
    """The steps for one submission."""

    def __init__(
        self,
        submission: Submission,
        judge: Judge,
        terms: Terms,
        reader: Reader,
        bench: Bench | None,
    ) -> None:
        self._submission = submission
        self._judge = judge
        self._terms = terms
        self._reader = reader
        self._bench = bench
        self._looks = looks(terms.device, judge.exercise.device)
        self._seed = terms.seed_for(submission)
        self._started_at = _now()
        self._start = time.perf_counter()
        self._reading = Reading(text="")
        self._cells: tuple[CellRun, ...] = ()
        self._notes: tuple[str, ...] = submission.notes

    def result(self, hire: Hire) -> Result:
        """Steps one to six."""
        oracle = self._judge.sound_oracle()
        self._reading = reading = read_by(self._reader, self._submission)
        self._notes = (*self._submission.notes, *reading.notes)
        if self._submission.source is None:
            return self._graded(self._all_missing(), ())
        uses = self._uses()
        look = Look(self._judge, oracle, reading, self._seed, uses, hire, self._bench)
        view = look.at(self._looks.record)
        self._cells = view.cells
        problems = self._problems(view.loaded)
        cells, limits = reading.cells or (), self._judge.exercise.limits
        names = Names(cells, self._cells, problems, reading.bindings)
        self._notes += notes_on(
            *(cells, self._cells, problems, view.care, names), view.loaded, limits
        )
        outcomes, trouble = look.elsewhere(view.outcomes, self._looks)
        told = names.problems
        self._cells = excused(self._cells, told)
        return self._graded(abroad.rounded(outcomes, self._looks), told, trouble)

    def _uses(self) -> dict[str, Use]:
        """What is used of what is ruled out, by the text; the watch in the server sees the rest."""
        forbidden, source = self._judge.exercise.forbidden, self._submission.source
        if not forbidden or source is None:
            return {}
        question = FindUses(filename=self._submission.filename, forbidden=forbidden)
        try:
            return self._reader.ask(question, [source])
        except IntakeError as error:
            self._notes += (f"Not looked through for what is ruled out: {error}",)
            return {}

    def not_gradable(self, reason: str, tests: tuple[TestResult, ...] = ()) -> Result:
        """Ours to mend: no points, and why."""
        bare = not_gradable(
            self._submission, self._judge.exercise, self._terms, reason, self._judge.suite_sha256
        )
        return msgspec.structs.replace(
            bare,
            tests=tests,
            notes=self._notes,
            source=self._reading.text,
            cells=self._cells,
            wall_seconds=time.perf_counter() - self._start,
        )

    def _problems(self, loaded: Loaded | Ended) -> tuple[LoadProblem, ...]:
        if isinstance(loaded, Ended):
            return ()
        found = [*loaded.problems, *([loaded.syntax_error] if loaded.syntax_error else [])]
        return tuple(LoadProblem(line=p.line, error=p.error, statement=p.statement) for p in found)

    def _graded(
        self, outcomes: tuple[Outcome, ...], problems: tuple[LoadProblem, ...], trouble: str = ""
    ) -> Result:
        broken = [o for o in outcomes if o.verdict is Verdict.GRADER_ERROR]
        function_points = {f.name: f.points for f in self._judge.exercise.functions}
        tests = score(self._judge.specifications, outcomes, function_points, self._judge.mistakes)
        if broken:
            reason = f"the suite broke in {broken[0].name}: {broken[0].reason}"
            return self.not_gradable(reason, tests)
        worths = worths_of(self._judge.specifications, function_points)
        self._notes += abroad.notes_on(tests, self._looks, worths, trouble)
        # What was not looked at elsewhere is not to be taken for it: it gets another try.
        return self._result(tests, problems, "" if trouble else self._looks.other)

    def _all_missing(self) -> tuple[Outcome, ...]:
        exercise = self._judge.exercise
        rule = f"Neither {exercise.file} nor {exercise.notebook_file} was handed in."
        return tuple(
            Outcome(
                name=specification.name,
                verdict=Verdict.MISSING,
                wall_seconds=0.0,
                seed=0,
                finding=Finding(rule=rule),
            )
            for specification in self._judge.specifications
        )

    def _result(
        self, tests: tuple[TestResult, ...], problems: tuple[LoadProblem, ...], other_device: str
    ) -> Result:
        earned, worth = total(tests)
        submission, exercise = self._submission, self._judge.exercise
        return Result(
            student=submission.student,
            exercise=exercise.name,
            title=exercise.title,
            points=earned,
            max_points=worth,
            status=Status.GRADED,
            sandbox_tier=self._terms.tier,
            device=self._looks.record,
            other_device=other_device,
            seed=self._seed,
            started_at=self._started_at,
            wall_seconds=time.perf_counter() - self._start,
            filename=submission.filename if submission.source is not None else "",
            sha256=submission.sha256,
            suite_sha256=self._judge.suite_sha256,
            source=self._reading.text,
            cells=self._cells,
            load_problems=problems,
            notes=self._notes,
            versions=VERSIONS | ({"GPU": name} if (name := self._gpu()) else {}),
            tests=tests,
        )

    def _gpu(self) -> str:
        """The GPU's name, where one had a part in this."""
        is_used = {self._looks.record, self._looks.other} - {"", CPU}
        return self._bench.name if self._bench is not None and is_used else ""


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
