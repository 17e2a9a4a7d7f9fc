"""One student's page as plain data: what is shown, in which order, and what is said only once.

Built from results that are already cut down to what the reader may see (`redact.for_student`),
so nothing here decides about secrecy; it decides about attention. Tests that failed come before
those that passed, tests that failed in the very same way are told together, and a mistake that
explains several tests is explained at the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from grader.intake import is_notebook as is_named_notebook
from grader.records import Result, Status, TestResult, Tier
from grader.report.facts import facts, reproduction
from grader.report.function_view import FunctionView, function_view
from grader.report.notebook import PAGE_BYTES, NotebookView, Tally, notebook_view, tallies
from grader.report.score import Score, total
from grader.report.source import Line, excerpt, highlighted, lines_of
from grader.report.trouble import Trouble, troubles
from grader.report.wording import tier_words


class ExerciseView(msgspec.Struct, frozen=True, kw_only=True):
    """One exercise on the page."""

    anchor: str
    result: Result
    score: Score
    is_gradable: bool
    kind: str
    """"file" or "notebook"."""
    functions: tuple[FunctionView, ...]
    tallies: tuple[Tally, ...]
    troubles: tuple[tuple[Trouble, tuple[Line, ...]], ...]
    notebook: NotebookView | None
    source: tuple[Line, ...]
    line_count: int
    command: str
    facts: tuple[tuple[str, str], ...]


class PageView(msgspec.Struct, frozen=True, kw_only=True):
    """All of one student's exercises, for one reader."""

    student: str
    course_title: str
    is_ta: bool
    score: Score
    exercises: tuple[ExerciseView, ...]
    chances: tuple[tuple[FunctionView, str], ...]
    """The functions with the most points still to earn, each with its exercise's title."""
    tiers: tuple[tuple[Tier, str, tuple[str, ...]], ...]
    links: Mapping[str, str]

    @property
    def has_pictures(self) -> bool:
        """Whether the page needs leave to show pictures; drawings made of lines need none."""
        return any(
            (exercise.notebook is not None and exercise.notebook.has_pictures)
            or any(function.has_pictures for function in exercise.functions)
            for exercise in self.exercises
        )


def page_view(
    results: Sequence[Result],
    *,
    course_title: str,
    is_ta: bool,
    tier_notes: Mapping[Tier, Sequence[str]],
    links: Mapping[str, str],
) -> PageView:
    """Arrange one student's results.

    Args:
        results: One per exercise, of one student, in the course's order; cut down already if the
            reader is the student.
        course_title: The course, for people.
        is_ta: Whether to add what only a teacher needs: source, seeds, commands.
        tier_notes: For each tier, what it does not stop.
        links: Label → address of related pages.
    """
    room = PAGE_BYTES // max(1, sum(1 for result in results if result.cells))
    exercises = tuple(
        _exercise(result, f"e{number}", is_ta=is_ta, picture_bytes=room)
        for number, result in enumerate(results, 1)
    )
    return PageView(
        student=results[0].student,
        course_title=course_title,
        is_ta=is_ta,
        score=total(results),
        exercises=exercises,
        chances=_chances(exercises),
        tiers=tiers(results, tier_notes) if is_ta else (),
        links=links,
    )


def tiers(
    results: Sequence[Result], tier_notes: Mapping[Tier, Sequence[str]]
) -> tuple[tuple[Tier, str, tuple[str, ...]], ...]:
    """The tiers that occur, weakest first, each in words and with what it does not stop."""
    present = {each.sandbox_tier for each in results}
    return tuple(
        (tier, tier_words(tier), tuple(tier_notes.get(tier, ())))
        for tier in reversed(Tier)
        if tier in present
    )


def _exercise(result: Result, anchor: str, *, is_ta: bool, picture_bytes: int) -> ExerciseView:
    lines = lines_of(result.source)
    by_function: dict[str, list[TestResult]] = {}
    for test in result.tests:
        by_function.setdefault(test.function, []).append(test)
    functions = tuple(
        function_view(name, tests, f"{anchor}-f{number}", lines, result.cells)
        for number, (name, tests) in enumerate(by_function.items(), 1)
    )
    found = troubles(result)
    marked = {number for trouble in found for number in trouble.lines}
    marked |= {test.finding.line for test in result.tests if test.finding and test.finding.line}
    is_notebook = bool(result.cells)
    return ExerciseView(
        anchor=anchor,
        result=result,
        score=Score(result.points, result.max_points),
        is_gradable=result.status is Status.GRADED,
        kind="notebook" if is_named_notebook(result.filename) else "file",
        functions=functions,
        tallies=tallies(result.cells),
        troubles=tuple(
            (each, excerpt(lines, each.lines, result.cells, around=1)) for each in found
        ),
        notebook=notebook_view(result, lines, marked, picture_bytes)
        if is_ta and is_notebook
        else None,
        source=highlighted(lines, marked) if is_ta and result.source and not is_notebook else (),
        line_count=len(lines),
        command=reproduction(result) if is_ta else "",
        facts=facts(result, is_ta=is_ta),
    )


def _chances(exercises: Sequence[ExerciseView]) -> tuple[tuple[FunctionView, str], ...]:
    open_points = [
        (function, exercise.result.title)
        for exercise in exercises
        if exercise.is_gradable
        for function in exercise.functions
        if not function.score.is_full and function.words.tone in {"bad", "wait"}
    ]
    open_points.sort(key=lambda pair: (pair[0].score.points or 0) - pair[0].score.max_points)
    return tuple(open_points[:3])
