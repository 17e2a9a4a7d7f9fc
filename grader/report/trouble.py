"""What could not be run while a file was loaded, told once for each place.

One import that fails makes every later use of its name fail too. In a notebook these stand close
together, so what failed in one cell is told together, and the same error only once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from grader.records import LoadProblem, Result
from grader.records.notebook import CellPlace, CellRun, cell_at, place_of

_NAMED_LINES = 6


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """One place of a file that could not be run.

    Attributes:
        where: "Line 3", "Line 2 of cell [3]", "Lines 2 and 4 of cell [3]"; empty if nothing of
            the file could be read.
        errors: What Python said, each once.
        statement: The first line of the first statement that failed.
        lines: The numbers of the lines in the file's text.
        is_stopped: Whether it did run, until its time was up.
        is_foreign: Whether all of it is for want of what is not there where work is graded.
    """

    where: str
    errors: tuple[str, ...]
    statement: str
    lines: tuple[int, ...]
    is_stopped: bool
    is_foreign: bool


def troubles(result: Result) -> tuple[Trouble, ...]:
    """Everything of a file that could not be run: what is its author's own first, in its order."""
    by_place: dict[tuple[int, int, bool], list[LoadProblem]] = {}
    for problem in result.load_problems:
        cell = cell_at(problem.line, result.cells)
        line, number = (problem.line, 0) if cell is None else (cell.line, cell.number)
        by_place.setdefault((line, number, problem.is_stopped), []).append(problem)
    found = [_trouble(problems, result.cells) for problems in by_place.values()]
    return tuple(sorted(found, key=lambda trouble: trouble.is_foreign))


def _trouble(problems: Sequence[LoadProblem], cells: Sequence[CellRun]) -> Trouble:
    lines = tuple(sorted({problem.line for problem in problems}))
    return Trouble(
        where=_where(lines, cells),
        errors=tuple(dict.fromkeys(problem.error for problem in problems)),
        statement=problems[0].statement.strip(),
        lines=lines,
        is_stopped=problems[0].is_stopped,
        is_foreign=all(problem.is_foreign for problem in problems),
    )


def _where(lines: Sequence[int], cells: Sequence[CellPlace]) -> str:
    if lines[0] < 1:
        return ""
    cell = cell_at(lines[0], cells)
    if cell is None or len(lines) == 1:
        place = place_of(lines[0], cells)
        return place[0].upper() + place[1:]
    return f"Lines {' and '.join(_named(lines, cell))} of cell [{cell.number}]"


def _named(lines: Sequence[int], cell: CellPlace) -> Iterator[str]:
    numbers = [str(line - cell.line + 1) for line in lines]
    if len(numbers) > _NAMED_LINES:
        yield ", ".join(numbers[:_NAMED_LINES])
        yield f"{len(numbers) - _NAMED_LINES} more"
        return
    yield ", ".join(numbers[:-1])
    yield numbers[-1]
