"""The mutants of a reference as candidates, and what follows from those that survive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from grader.course.model import Exercise
from grader.records import Result, Status, Verdict
from grader.verify.candidates import Candidate, Kind, candidate, source_of
from grader.verify.claims import Claim, Problem
from grader.verify.mutants import Mutant, mutants
from grader.verify.proof import Figures


class Outcome(msgspec.Struct, frozen=True):
    """What became of the mutants of an exercise."""

    figures: Figures
    problems: tuple[Problem, ...]


class Mutants:
    """The mutants of one exercise's reference.

    Args:
        exercise: Whose reference is mutated.

    Raises:
        CourseError: The reference is not Python, or its regions are wrong.

    Attributes:
        candidates: One for each mutant; it is asked the tests of its function only, unless that
            is a helper of several.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        names = [function.name for function in exercise.functions]
        made = mutants(source_of(exercise), str(exercise.reference_path), names)
        self._made: dict[str, Mutant] = {}
        candidates: list[Candidate] = []
        for mutant in made:
            own = frozenset([mutant.function]) if mutant.function in names else None
            name = f"{mutant.function}: {mutant.name}"
            each = candidate(exercise, Kind.MUTANT, name, mutant.source, own)
            self._made[each.submission.student] = mutant
            candidates.append(each)
        self.candidates = tuple(candidates)

    def outcome(self, results: Mapping[str, Result]) -> Outcome:
        """What became of them.

        Args:
            results: By student's name; other candidates may be among them.
        """
        made = tuple(self._made.values())
        own = {student: results[student] for student in self._made}
        survivors = [mutant for student, mutant in self._made.items() if _survives(own[student])]
        problems = (
            *_unexplained(self._exercise, survivors),
            *_stale(self._exercise, made, survivors),
            *self._unjudged(own),
        )
        known = {(each.function, each.mutant) for each in self._exercise.equivalents}
        figures = Figures(
            mutants=len(made),
            killed=len(made) - len(survivors),
            explained=sum((each.function, each.name) in known for each in survivors),
        )
        return Outcome(figures, problems)

    def _unjudged(self, results: Mapping[str, Result]) -> Iterator[Problem]:
        """Where a suite stumbles over a mutant it has noticed it; all else is a fault of ours."""
        for student, result in results.items():
            if result.status is Status.NOT_GRADABLE and not result.tests:
                yield Problem(
                    exercise=self._exercise.name,
                    claim=Claim.GRADABLE,
                    where=f"{self._exercise.name}/{self._exercise.file}",
                    what=f"Nobody can judge the {student}: {result.reason}",
                    todo="Run it again; if it happens again, look at the system's log.",
                )


def _survives(result: Result) -> bool:
    """Whether no test noticed."""
    return result.status is Status.GRADED and all(
        test.verdict in (Verdict.PASSED, Verdict.SKIPPED) for test in result.tests
    )


def _unexplained(exercise: Exercise, survivors: Sequence[Mutant]) -> Iterator[Problem]:
    known = {(each.function, each.mutant) for each in exercise.equivalents}
    for mutant in survivors:
        if (mutant.function, mutant.name) not in known:
            yield Problem(
                exercise=exercise.name,
                claim=Claim.MUTANTS,
                where=f"{exercise.name}/{exercise.file}, line {mutant.line}",
                what=f"In {mutant.function}, no hidden test notices {mutant.name}",
                todo="Add a test that notices it. If it is as right as the reference, say why "
                f"under [[equivalent]] in {exercise.name}/exercise.toml.",
            )


def _stale(
    exercise: Exercise, made: Sequence[Mutant], survivors: Sequence[Mutant]
) -> Iterator[Problem]:
    """Explanations that explain nothing any more."""
    names = {(mutant.function, mutant.name) for mutant in made}
    alive = {(mutant.function, mutant.name) for mutant in survivors}
    for each in exercise.equivalents:
        if (each.function, each.mutant) in alive:
            continue
        is_made = (each.function, each.mutant) in names
        fate = "is noticed by a hidden test now" if is_made else "is not made any more"
        yield Problem(
            exercise=exercise.name,
            claim=Claim.MUTANTS,
            where=f"{exercise.name}/exercise.toml",
            what=f"It explains {each.mutant} in {each.function}, which {fate}.",
            todo="Take the explanation out.",
        )
