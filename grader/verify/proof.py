"""What `grade verify` found out about a course: claims, figures and problems, for any view."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from grader.verify.claims import Claim, Problem

SCHEMA_VERSION = 1


class State(StrEnum):
    """How a claim, or an exercise with all its claims, came out."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNCHECKED = "unchecked"
    """Not asked for, or not to be had because nothing could be judged."""
    NOT_GRADABLE = "not_gradable"
    """Of an exercise: its suite, reference or misconceptions are broken."""


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """How much was looked at.

    Attributes:
        functions: Functions that students write.
        tests: Hidden tests, each parameter counted.
        misconceptions: Files of misconceptions.
        seeds: How often the reference was graded, each time on other data.
        failures: Of all misconceptions together, the failing tests that they name in `fails`.
        diagnosed: Of these, those that were diagnosed by the misconception's own code.
        mutants: Mutants of the reference; None if none were made.
        killed: Of these, those that a hidden test noticed.
        explained: Of the survivors, those that exercise.toml explains.
    """

    functions: int = 0
    tests: int = 0
    misconceptions: int = 0
    seeds: int = 0
    failures: int = 0
    diagnosed: int = 0
    mutants: int | None = None
    killed: int | None = None
    explained: int | None = None

    @property
    def diagnosis_rate(self) -> float | None:
        """The share of these failures that was diagnosed; None where nothing failed."""
        return self.diagnosed / self.failures if self.failures else None

    def __add__(self, other: Figures) -> Figures:
        """Both together; the seeds are those of either, not their sum."""
        return Figures(
            functions=self.functions + other.functions,
            tests=self.tests + other.tests,
            misconceptions=self.misconceptions + other.misconceptions,
            seeds=max(self.seeds, other.seeds),
            failures=self.failures + other.failures,
            diagnosed=self.diagnosed + other.diagnosed,
            mutants=_sum(self.mutants, other.mutants),
            killed=_sum(self.killed, other.killed),
            explained=_sum(self.explained, other.explained),
        )


class ExerciseProof(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the claims about one exercise.

    Attributes:
        exercise: Its name.
        title: Its title for people.
        state: All claims together.
        claims: Each claim by itself.
        figures: How much was looked at.
        problems: Where claims do not hold, in the order of the claims.
    """

    exercise: str
    title: str
    state: State
    claims: dict[Claim, State]
    figures: Figures
    problems: tuple[Problem, ...]


class CourseProof(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the claims about a course.

    Attributes:
        course: Its name.
        device: Where tensors lived.
        sandbox_tier: How candidates were confined.
        wall_seconds: How long it took, starting included.
        figures: Those of all exercises together.
        diagnosis_rate: See `Figures`.
        exercises: In the order of the course.
    """

    course: str
    device: str
    sandbox_tier: str
    wall_seconds: float
    figures: Figures
    diagnosis_rate: float | None
    exercises: tuple[ExerciseProof, ...]
    schema_version: int = SCHEMA_VERSION

    @property
    def state(self) -> State:
        """All exercises together: what is not gradable weighs most."""
        states = {exercise.state for exercise in self.exercises}
        worst = (State.NOT_GRADABLE, State.BROKEN)
        return next((state for state in worst if state in states), State.HOLDS)


def conclude(
    exercise: str,
    title: str,
    figures: Figures,
    problems: Sequence[Problem],
    unchecked: Sequence[Claim],
) -> ExerciseProof:
    """The proof of one exercise.

    Args:
        exercise: Its name.
        title: Its title.
        figures: How much was looked at.
        problems: Where claims do not hold.
        unchecked: The claims that nothing was found out about.
    """
    broken = {problem.claim for problem in problems}
    claims = {
        claim: State.BROKEN
        if claim in broken
        else State.UNCHECKED
        if claim in unchecked
        else State.HOLDS
        for claim in Claim
    }
    state = State.HOLDS
    if broken:
        state = State.NOT_GRADABLE if Claim.GRADABLE in broken else State.BROKEN
    order = list(Claim)
    return ExerciseProof(
        exercise=exercise,
        title=title,
        state=state,
        claims=claims,
        figures=figures,
        problems=tuple(sorted(problems, key=lambda problem: order.index(problem.claim))),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other
