"""The proof of a course, as a list of steps.

    candidates → graded as a class is → judged → suites compared → notebooks run → proof

An exercise whose suite cannot judge is said to be so; it stops no other.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Protocol

import msgspec
import torch

from grader.course.model import Course, Exercise
from grader.device import looks
from grader.device.pool import GpuPool
from grader.errors import CourseError
from grader.executor import run_local
from grader.grading import Terms
from grader.records import Result
from grader.verify import notebooks, questions
from grader.verify.candidates import Candidate, Candidates, Kind, candidates_of
from grader.verify.claims import Claim, Problem
from grader.verify.judgement import Judgement
from grader.verify.proof import CourseProof, ExerciseProof, Figures, conclude
from grader.verify.survivors import Mutants
from grader.verify.trial import Trial
from grader.worker.launch import Zygote


class Listener(Protocol):
    """Is told how a proof goes on, in the process that runs it."""

    def started(self, total: int) -> None:
        """So many candidates will be graded."""
        ...

    def graded(self, result: Result) -> None:
        """One more of them is."""
        ...

    def turned_to(self, step: str) -> None:
        """What comes now, in a few words."""
        ...


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What to prove.

    Attributes:
        course: The course.
        exercises: Which of its exercises.
        seeds: Under how many seeds the reference is graded.
        is_mutating: Whether mutants of the reference are graded too.
    """

    course: Course
    exercises: tuple[Exercise, ...]
    seeds: int
    is_mutating: bool = False


class Prover:
    """Proves what a plan says.

    Args:
        plan: What to prove.
        listener: Told how it goes on.
    """

    def __init__(self, plan: Plan, listener: Listener) -> None:
        torch.set_num_threads(1)  # as every station will have it, and before any of our files runs
        self._plan = plan
        self._listener = listener
        self._start = time.perf_counter()
        self._candidates: dict[str, Candidates] = {}
        self._mutants: dict[str, Mutants] = {}
        self._broken: dict[str, Problem] = {}
        self._results: dict[str, dict[str, Result]] = {}
        for exercise in plan.exercises:
            self._take(exercise)

    def grade(
        self, terms: Terms, jobs: int, zygote: Zygote, gpus: GpuPool | None = None
    ) -> tuple[Result, ...]:
        """Grade all candidates, `jobs` at a time.

        Args:
            terms: Tier, device and secret.
            jobs: How many stations.
            zygote: Where workers come from.
            gpus: The GPUs that may be worked on, where the terms or an exercise ask for them.

        Returns:
            The result of each candidate but for mutants, in the order in which they came.

        Raises:
            SandboxError, WorkerError: Workers are not to be had on this machine.
        """
        candidates = [each for name in self._candidates for each in self._all(name)]
        trial = Trial(
            course=self._plan.course,
            exercises=tuple(each.exercise for each in self._candidates.values()),
            terms=terms,
            gpus=gpus,
            candidates={(c.submission.exercise, c.submission.student): c for c in candidates},
        )
        results: list[Result] = []

        def done(result: Result) -> None:
            self._results[result.exercise][result.student] = result
            if trial.candidates[result.exercise, result.student].kind is not Kind.MUTANT:
                results.append(result)
            self._listener.graded(result)

        self._listener.started(len(candidates))
        run_local(trial, (each.submission for each in candidates), jobs, done, zygote)
        return tuple(results)

    def conclude(self, terms: Terms) -> CourseProof:
        """Judge what was graded, compare the suites and run the notebooks."""
        judgements = {
            name: Judgement(
                candidates,
                self._results[name],
                looks(terms.device, candidates.exercise.device),
            )
            for name, candidates in self._candidates.items()
        }
        sound = [self._exercise(name) for name, each in judgements.items() if each.is_gradable]
        self._listener.turned_to("Comparing hidden with public tests")
        found = list(questions.repeated(self._plan.course, sound))
        self._listener.turned_to("Running notebooks")
        found += notebooks.problems(*(e for e in sound if self._has_stub(e.name)))
        proofs = tuple(
            self._proof(exercise, judgements.get(exercise.name), found)
            for exercise in self._plan.exercises
        )
        figures = sum((proof.figures for proof in proofs), Figures())
        return CourseProof(
            course=self._plan.course.name,
            device=terms.device,
            sandbox_tier=terms.tier,
            wall_seconds=time.perf_counter() - self._start,
            figures=figures,
            diagnosis_rate=figures.diagnosis_rate,
            exercises=proofs,
        )

    def _take(self, exercise: Exercise) -> None:
        try:
            self._candidates[exercise.name] = candidates_of(exercise, self._plan.seeds)
            if self._plan.is_mutating:
                self._mutants[exercise.name] = Mutants(exercise)
            self._results[exercise.name] = {}
        except CourseError as error:
            self._candidates.pop(exercise.name, None)
            self._broken[exercise.name] = Problem(
                exercise=exercise.name,
                claim=Claim.GRADABLE,
                where=f"{exercise.name}/",
                what=str(error),
                todo="Mend what is named here; until then nothing else of it is proved.",
            )

    def _exercise(self, name: str) -> Exercise:
        return self._candidates[name].exercise

    def _has_stub(self, name: str) -> bool:
        return not self._candidates[name].problems

    def _all(self, name: str) -> list[Candidate]:
        mutants = self._mutants.get(name)
        return [*self._candidates[name].candidates, *(mutants.candidates if mutants else ())]

    def _proof(
        self, exercise: Exercise, judgement: Judgement | None, found: Sequence[Problem]
    ) -> ExerciseProof:
        if judgement is None:
            problem = self._broken[exercise.name]
            return _unjudged(exercise, [problem])
        if not judgement.is_gradable:
            return _unjudged(exercise, judgement.problems)
        figures = judgement.figures
        problems = [*judgement.problems, *(p for p in found if p.exercise == exercise.name)]
        unchecked = [] if self._has_stub(exercise.name) else [Claim.NOTEBOOK]
        mutants = self._mutants.get(exercise.name)
        if mutants is None:
            unchecked.append(Claim.MUTANTS)
        else:
            outcome = mutants.outcome(self._results[exercise.name])
            problems += outcome.problems
            figures += outcome.figures
        return conclude(exercise.name, exercise.title, figures, problems, unchecked)


def _unjudged(exercise: Exercise, problems: Sequence[Problem]) -> ExerciseProof:
    """Of an exercise that nobody can judge, nothing else is known."""
    figures = Figures(functions=len(exercise.functions))
    return conclude(exercise.name, exercise.title, figures, problems, list(Claim))
