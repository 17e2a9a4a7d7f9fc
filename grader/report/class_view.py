"""The whole class on one page as plain data: who stands where, and what most of them missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, median

import msgspec

from grader.records import Result, Status, Tier
from grader.report.histogram import Histogram, histogram
from grader.report.score import Score, total
from grader.report.text import points_text
from grader.report.view import tiers
from grader.report.wording import flags


class Column(msgspec.Struct, frozen=True):
    """One exercise as a column."""

    exercise: str
    title: str
    max_points: float


class Cell(msgspec.Struct, frozen=True):
    """One student's points in one exercise; `sort` orders it, -1 where there is no number."""

    text: str
    sort: float
    note: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One student in the table."""

    student: str
    page: str | None
    cells: tuple[Cell, ...]
    score: Score
    total: Cell
    percent: Cell
    flags: tuple[str, ...]
    mistakes: tuple[str, ...]

    @property
    def is_graded(self) -> bool:
        """Whether the total means something."""
        return self.score.points is not None


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """How a function went: how many students earned all of it, and the mean share of points."""

    exercise: str
    function: str
    students: int
    full: int
    mean_percent: float

    @property
    def percent(self) -> float:
        """The share of students with all points."""
        return 100 * self.full / self.students if self.students else 0.0


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """A misconception, and who holds it."""

    exercise: str
    function: str
    code: str
    title: str
    students: tuple[str, ...]


class ClassView(msgspec.Struct, frozen=True, kw_only=True):
    """The class page."""

    course_title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    pages: Mapping[str, str]
    max_points: float
    mean_percent: float | None
    median_percent: float | None
    full_marks: int
    histogram: Histogram
    rates: tuple[tuple[str, tuple[Rate, ...]], ...]
    mistakes: tuple[Mistake, ...]
    not_gradable: tuple[Result, ...]
    tiers: tuple[tuple[Tier, str, tuple[str, ...]], ...]


def class_view(
    results: Sequence[Result],
    *,
    course_title: str,
    exercises: Sequence[str],
    tier_notes: Mapping[Tier, Sequence[str]],
    pages: Mapping[str, str],
) -> ClassView:
    """Arrange the results of a class.

    Args:
        results: At most one per student and exercise.
        course_title: The course, for people.
        exercises: Their order; those it does not name follow as they appear.
        tier_notes: For each tier, what it does not stop.
        pages: Student → file name of the student's pages; empty if there are none.
    """
    columns = _columns(results, exercises)
    by_student: dict[str, list[Result]] = {}
    for result in results:
        by_student.setdefault(result.student, []).append(result)
    decimals = 2 if any(each.points and each.points % 1 for each in results) else 0
    rows = tuple(
        _row(own, columns, decimals, pages.get(student))
        for student, own in sorted(by_student.items(), key=lambda item: item[0].casefold())
    )
    percents = [row.score.percent for row in rows if row.is_graded]
    return ClassView(
        course_title=course_title,
        columns=columns,
        rows=rows,
        pages=pages,
        max_points=sum(column.max_points for column in columns),
        mean_percent=fmean(percents) if percents else None,
        median_percent=median(percents) if percents else None,
        full_marks=sum(row.is_graded and row.score.is_full for row in rows),
        histogram=histogram(percents),
        rates=_rates(results, columns),
        mistakes=_mistakes(results),
        not_gradable=tuple(each for each in results if each.status is Status.NOT_GRADABLE),
        tiers=tiers(results, tier_notes),
    )


def _columns(results: Sequence[Result], exercises: Sequence[str]) -> tuple[Column, ...]:
    known = {each.exercise: each for each in reversed(results)}
    order = dict.fromkeys((*exercises, *(each.exercise for each in results)))
    return tuple(
        Column(
            name,
            known[name].title,
            max(each.max_points for each in results if each.exercise == name),
        )
        for name in order
        if name in known
    )


def _row(own: Sequence[Result], columns: Sequence[Column], decimals: int, page: str | None) -> Row:
    by_exercise = {each.exercise: each for each in own}
    missing = sum(column.max_points for column in columns if column.exercise not in by_exercise)
    judged = total(own)
    score = Score(judged.points, judged.max_points + missing)
    own_flags = [flag for result in own for flag in flags(result)]
    if len(by_exercise) < len(columns):
        own_flags.append("incomplete")
    mistakes = {
        f"{test.diagnosis} {test.diagnosis_title or ''}"
        for result in own
        for test in result.tests
        if test.diagnosis
    }
    return Row(
        student=own[0].student,
        page=page,
        cells=tuple(_cell(by_exercise.get(column.exercise), decimals) for column in columns),
        score=score,
        total=Cell(
            points_text(score.points, decimals), -1 if score.points is None else score.points
        ),
        percent=Cell(f"{score.percent:.0f}\N{NARROW NO-BREAK SPACE}%", score.percent)
        if score.points is not None
        else Cell("\N{EN DASH}", -1),
        flags=tuple(dict.fromkeys(own_flags)),
        mistakes=tuple(sorted(mistakes)),
    )


def _cell(result: Result | None, decimals: int) -> Cell:
    if result is None:
        return Cell("\N{EN DASH}", -1, "nothing graded")
    if result.points is None or result.status is Status.NOT_GRADABLE:
        return Cell("\N{EN DASH}", -1, "not gradable")
    return Cell(points_text(result.points, decimals), result.points)


def _rates(
    results: Iterable[Result], columns: Sequence[Column]
) -> tuple[tuple[str, tuple[Rate, ...]], ...]:
    shares: dict[tuple[str, str], list[float]] = {}
    for result in results:
        if result.status is Status.NOT_GRADABLE:
            continue
        points: dict[str, list[float]] = {}
        for test in result.tests:
            earned = points.setdefault(test.function, [0.0, 0.0])
            earned[0] += test.points
            earned[1] += test.max_points
        for function, (got, most) in points.items():
            if most > 0:
                shares.setdefault((result.exercise, function), []).append(got / most)
    rates = [
        Rate(
            exercise=exercise,
            function=function,
            students=len(each),
            full=sum(share >= 1 - 1e-9 for share in each),
            mean_percent=100 * fmean(each),
        )
        for (exercise, function), each in shares.items()
    ]
    grouped = (
        (column.title, tuple(rate for rate in rates if rate.exercise == column.exercise))
        for column in columns
    )
    return tuple((title, each) for title, each in grouped if each)


def _mistakes(results: Iterable[Result]) -> tuple[Mistake, ...]:
    """Every misconception found, the most common first; a student counts once for each."""
    holders: dict[tuple[str, str, str], dict[str, None]] = {}
    titles: Counter[tuple[str, str, str, str]] = Counter()
    for result in results:
        for test in result.tests:
            if test.diagnosis:
                key = (result.exercise, test.function, test.diagnosis)
                holders.setdefault(key, {})[result.student] = None
                titles[(*key, test.diagnosis_title or "")] += 1
    # One code may have variants with titles of their own; the page shows the most frequent.
    title_of = {key[:3]: key[3] for key, _ in reversed(titles.most_common())}
    found = [
        Mistake(
            exercise=key[0],
            function=key[1],
            code=key[2],
            title=title_of[key],
            students=tuple(sorted(students, key=str.casefold)),
        )
        for key, students in holders.items()
    ]
    return tuple(
        sorted(found, key=lambda each: (-len(each.students), each.exercise, each.function))
    )
