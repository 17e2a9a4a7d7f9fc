"""The grade book as a spreadsheet: one row per student, safe to open in Excel or LibreOffice."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from grader.records import Result, Status, Tier, Verdict
from grader.screen import UNSEEN

_FORMULA_START = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠−]")
_FORMULA_WITHIN = re.compile(r"([,;|\t\n\"]\s*)(?=[=+\-@＝＋－＠−])")
"""Some spreadsheets, in some countries, take a semicolon or a tab for the end of a cell."""
_UNSAFE = re.compile(f"[{UNSEEN}]")
_TROUBLE = (
    Verdict.TIMED_OUT,
    Verdict.OUT_OF_MEMORY,
    Verdict.CRASHED,
    Verdict.FORBIDDEN,
    Verdict.GRADER_ERROR,
)


def grades_csv(results: Sequence[Result], exercises: Sequence[str] = ()) -> str:
    """The grade book of a class.

    Columns: student, the points of each exercise, total, max, percent, status, flags. A student
    with an exercise that could not be graded has status `not_gradable` and neither total nor
    percent: a sum that leaves something out would be taken for a grade. An exercise that nobody
    has a result for stays empty.

    Args:
        results: At most one per student and exercise; students keep the order of first mention.
        exercises: The columns' order; exercises it does not name follow as they appear.
    """
    columns = tuple(dict.fromkeys((*exercises, *(each.exercise for each in results))))
    full = {
        column: max((each.max_points for each in results if each.exercise == column), default=0.0)
        for column in columns
    }
    by_student: dict[str, dict[str, Result]] = {}
    for result in results:
        by_student.setdefault(result.student, {})[result.exercise] = result
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(map(_cell, ("student", *columns, "total", "max", "percent", "status", "flags")))
    for student, row in by_student.items():
        writer.writerow(map(_cell, _row(student, row, columns, full)))
    return page.getvalue()


def _row(
    student: str, row: dict[str, Result], columns: Sequence[str], full: dict[str, float]
) -> Iterable[str]:
    points = [row[column].points if column in row else None for column in columns]
    most = sum(row[column].max_points if column in row else full[column] for column in columns)
    is_gradable = all(each.status is Status.GRADED for each in row.values())
    total = sum(each for each in points if each is not None)
    yield student
    yield from ("" if each is None else _number(each) for each in points)
    yield _number(total) if is_gradable else ""
    yield _number(most)
    yield f"{100 * total / most:.1f}" if is_gradable and most > 0 else ""
    yield (Status.GRADED if is_gradable else Status.NOT_GRADABLE).value
    yield " ".join(f"{column}:{flag}" for column in columns for flag in _flags(row.get(column)))


def _flags(result: Result | None) -> Iterable[str]:
    if result is None:
        yield "no_result"
        return
    if result.status is Status.NOT_GRADABLE:
        yield Status.NOT_GRADABLE.value
    if result.is_missing:
        yield "no_file"
    if result.load_problems:
        yield "load_problem"
    verdicts = {test.verdict for test in result.tests}
    yield from (each.value.lower() for each in _TROUBLE if each in verdicts)
    if result.sandbox_tier is Tier.NONE:
        yield "not_isolated"


def _number(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula and no terminal for a command."""
    if _FORMULA_START.match(text):
        text = "'" + text
    return _FORMULA_WITHIN.sub(r"\1'", _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text))
