"""The companion at work: one station stays open, and each `%check` costs what its tests cost."""

from __future__ import annotations

import contextlib
import functools
import signal
import sys
import traceback
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from grader.course import Course, load_course
from grader.course.model import NotebookPolicy
from grader.errors import GraderError
from grader.executor import own_check
from grader.extension.messages import Answer, Question, receive, send
from grader.extension.page import Checked, render, render_problem
from grader.extension.request import Request, Wish, choose
from grader.extension.session import Session
from grader.grading import Terms, grade
from grader.records import Result, Submission, Tier
from grader.suite.part import judge_of
from grader.suite.station import Station, open_station
from grader.worker.confinement import Confinement
from grader.worker.crew import Crew
from grader.worker.launch import Zygote

_TIERS: Final = (Tier.FULL, Tier.GUARDED, Tier.NONE)
"""Whose machine it is is whose code it is: without a sandbox is better than not at all."""
_STUDENT: Final = "you"


class _Task(msgspec.Struct, frozen=True):
    """A question that has been understood.

    Attributes:
        course: The course that it is about.
        state: What the course's files were like; a station stays open while this is the same.
        wishes: What to check.
        session: What the student's cells define.
        imported: Functions of the session that no cell defines.
    """

    course: Course
    state: tuple[tuple[str, int], ...]
    wishes: tuple[Wish, ...]
    session: Session
    imported: dict[str, str]


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    """Answer every question until there is nobody left to ask.

    Args:
        questions: Where they come from.
        answers: Where to write.
    """
    try:
        confinement = Confinement(_TIERS, is_warm=False, has_notebooks=True, is_forked=True)
        with confinement.zygote() as zygote, contextlib.suppress(KeyboardInterrupt):
            # Told to stop in the middle of its work, it ends its workers before itself.
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            _Service(zygote, questions, answers).run()
    except GraderError as error:
        # No worker is to be had. Each question is told so, and the next companion may fare better.
        _Desk(questions, answers).refuse(error)


class _Desk:
    """Takes questions, and gives to each exactly one answer."""

    def __init__(self, questions: BinaryIO, answers: BinaryIO) -> None:
        self._questions = questions
        self._answers = answers

    def take(self) -> Question | None:
        try:
            return receive(self._questions, Question)
        except (EOFError, OSError, msgspec.DecodeError):
            return None

    def give(self, answer: Answer) -> bool:
        """Whether there was anybody to give it to."""
        try:
            send(self._answers, answer)
        except OSError:
            return False
        return True

    def refuse(self, error: GraderError) -> None:
        if self.take() is not None:
            self.give(render_problem(str(error)))


class _Service:
    """Answers questions with workers of one zygote."""

    def __init__(self, zygote: Zygote, questions: BinaryIO, answers: BinaryIO) -> None:
        self._zygote = zygote
        self._desk = _Desk(questions, answers)

    def run(self) -> None:
        task = self._next()
        while task is not None:
            task = self._with_station(task)

    def _with_station(self, first: _Task) -> _Task | None:
        """Open the station that a task needs; the first task that needs another, or None."""
        exercises = [
            msgspec.structs.replace(exercise, notebook=NotebookPolicy.DEFINITIONS)
            for exercise in first.course.exercises
        ]
        assignment = own_check(first.course, exercises, self._zygote.tier, "cpu")

        def body(station: Station) -> _Task | None:
            crew = Crew(self._zygote)
            task: _Task | None = first
            try:
                while task is not None and task.state == first.state:
                    judge = functools.partial(_judged, station, crew, assignment.terms)
                    task = self._next() if self._answer(task, judge) else None
            finally:
                crew.close()
            return task

        try:
            return open_station(assignment.course, assignment.exercises, body, is_public=True)
        except GraderError as error:
            return self._next() if self._desk.give(render_problem(str(error))) else None

    def _next(self) -> _Task | None:
        """The next question that can be understood; others are answered with what is wrong."""
        while (question := self._desk.take()) is not None:
            try:
                return _understood(question)
            except GraderError as error:
                answer = render_problem(str(error))
            except Exception as error:  # noqa: BLE001 - the outermost edge: a person gets words
                answer = _fault(error)
            if not self._desk.give(answer):
                return None
        return None

    def _answer(self, task: _Task, judge: functools.partial[Result]) -> bool:
        try:
            answer = render(
                [_checked(task, wish, judge) for wish in task.wishes], task.course.title
            )
        except GraderError as error:
            answer = render_problem(str(error))
        except Exception as error:  # noqa: BLE001 - the outermost edge: a person gets words
            answer = _fault(error)
        return self._desk.give(answer)


def _understood(question: Question) -> _Task:
    request = Request.parse(question.line)
    folder = Path(question.folder)
    course = load_course(request.course_folder(folder))
    session = Session(question.cells)
    wishes = choose(course, request.words, session.defined, folder)
    return _Task(course, _state(course), wishes, session, question.imported)


def _state(course: Course) -> tuple[tuple[str, int], ...]:
    """When the files were changed that judge: a student may get them anew in mid-session."""
    paths = [course.root / "course.toml"]
    for exercise in course.exercises:
        paths += [exercise.public_suite_path, exercise.recording_path]
    return tuple((str(path), path.stat().st_mtime_ns if path.exists() else 0) for path in paths)


def _checked(task: _Task, wish: Wish, judge: functools.partial[Result]) -> Checked:
    result: Result = judge(wish, task.session.notebook(wish.functions))
    notes = (*task.session.notes(wish.functions, task.imported), *result.notes)
    return Checked(msgspec.structs.replace(result, notes=notes), result.reason)


def _judged(station: Station, crew: Crew, terms: Terms, wish: Wish, notebook: bytes) -> Result:
    judge = judge_of(station.judge(wish.exercise.name), wish.functions)
    submission = Submission(
        student=_STUDENT,
        exercise=wish.exercise.name,
        filename=wish.exercise.notebook_file,
        source=notebook,
    )
    return grade(submission, judge, terms, functools.partial(crew.hire, judge.exercise.limits))


def _fault(error: Exception) -> Answer:
    traceback.print_exception(error, file=sys.stderr)
    package = Path(__file__).parent.parent
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if package in Path(frame.filename).parents]
    where = f" (in {Path(ours[-1].filename).name}, line {ours[-1].lineno})" if ours else ""
    said = " ".join(str(error).split()) or "no details"
    return render_problem(
        f"this is a fault of grade, not yours: {type(error).__name__}: {said}{where}. Please "
        "report it."
    )
