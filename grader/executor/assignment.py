"""What every executor needs to know: which course, which exercises, under which terms."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

import msgspec

from grader.course.model import Course, Exercise
from grader.grading import Terms, grade
from grader.intake.reader import OWN, Reader
from grader.records import Result, Submission
from grader.suite.station import Station, open_station
from grader.worker.crew import Crew
from grader.worker.launch import Zygote

Done = Callable[[Result], None]


class Assignment(msgspec.Struct, frozen=True):
    """Grade submissions of these exercises, under these terms.

    Attributes:
        course: The course they belong to.
        exercises: Whose suites are collected.
        terms: Tier, device, secret, seed.
        is_public: Judge by the public suites, with recorded answers.
        reader: Takes notebooks apart; a class's never in a process that judges.
    """

    course: Course
    exercises: tuple[Exercise, ...]
    terms: Terms
    is_public: bool = False
    reader: Reader = OWN

    def exercise(self, name: str) -> Exercise:
        """The exercise of this name; it is one of the assignment's."""
        return next(exercise for exercise in self.exercises if exercise.name == name)

    def staff(self, zygote: Zygote, submissions: Iterable[Submission], done: Done) -> None:
        """Open a station and grade submissions one after the other."""

        def body(station: Station) -> None:
            crew = Crew(zygote)
            try:
                for submission in submissions:
                    judge = station.judge(submission.exercise)
                    hire = functools.partial(crew.hire, judge.exercise.limits)
                    done(grade(submission, judge, self.terms, hire, self.reader))
            finally:
                crew.close()

        open_station(self.course, self.exercises, body, is_public=self.is_public)
