"""What every executor needs to know: which course, which exercises, under which terms."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

import msgspec

from grader.course.model import Course, Exercise
from grader.device import Looks, looks
from grader.device.name import CPU
from grader.device.pool import GpuPool
from grader.errors import DeviceError
from grader.grading import Bench, Terms, grade
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
        gpus: The GPUs that may be worked on, where the terms or an exercise ask for them.
        reader: Takes notebooks apart; a class's never in a process that judges.
    """

    course: Course
    exercises: tuple[Exercise, ...]
    terms: Terms
    is_public: bool = False
    reader: Reader = OWN
    gpus: GpuPool | None = None

    def exercise(self, name: str) -> Exercise:
        """The exercise of this name; it is one of the assignment's."""
        return next(exercise for exercise in self.exercises if exercise.name == name)

    def looks(self, name: str) -> Looks:
        """Where submissions of an exercise are looked at."""
        return looks(self.terms.device, self.exercise(name).device)

    def bench(self, zygote: Zygote) -> Bench | None:
        """Where this process works on a device; None if the CPU is all that is asked for.

        Args:
            zygote: Where workers come from.

        Raises:
            DeviceError: The exercises are graded on devices of several kinds.
        """
        looked_at = [self.looks(exercise.name) for exercise in self.exercises]
        asked = {device for each in looked_at for device in (each.record, each.other)} - {"", CPU}
        if not asked:
            return None
        if len(asked) > 1:
            both = " and ".join(sorted(asked))
            raise DeviceError(f"{both} cannot be worked on in the same run: ask for one at a time.")
        return Bench.at(asked.pop(), zygote, self.gpus)

    def staff(
        self,
        zygote: Zygote,
        submissions: Iterable[Submission],
        done: Done,
        *,
        is_replaceable: Callable[[], bool] = lambda: False,
    ) -> None:
        """Open a station and grade submissions one after the other.

        Args:
            zygote: Where workers come from.
            submissions: What to grade.
            done: Told each result as it comes.
            is_replaceable: Asked before each submission: whether this process may end when its GPU
                does, because another will take over.

        Raises:
            DeviceLostError: Its GPU is sick, and it may end; others are sound.
        """
        bench = self.bench(zygote)

        def body(station: Station) -> None:
            crew = Crew(zygote)
            try:
                for submission in submissions:
                    if bench is not None:
                        bench.is_replaceable = is_replaceable()
                    done(self.grade(submission, station, crew, bench))
            finally:
                crew.close()
                if bench is not None:
                    bench.close()

        open_station(self.course, self.exercises, body, is_public=self.is_public)

    def grade(
        self, submission: Submission, station: Station, crew: Crew, bench: Bench | None
    ) -> Result:
        """Grade one submission at an open station.

        Args:
            submission: What was handed in.
            station: Has the judges.
            crew: Has the workers.
            bench: Where this process works on a device, if it does.
        """
        judge = station.judge(submission.exercise)
        hire = functools.partial(crew.hire, judge.exercise.limits)
        return grade(submission, judge, self.terms, hire, self.reader, bench)
