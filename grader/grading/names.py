"""A notebook's names: which were not there when a cell needed them, and which were given twice.

A definition above that failed, an order that nobody sees any more, or a session that is gone:
Python says the same of all of them, and what to do about each is something else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from grader.course.placeholders import is_placeholder
from grader.grading import surroundings
from grader.intake.bindings import Bindings, Definition
from grader.intake.notebook import Cell
from grader.records import LoadProblem
from grader.records.notebook import CellOutcome, CellRun, cell_at, place_of
from grader.worker.bounds import MAX_NAME
from grader.worker.messages import Problem

_NAME: Final = re.compile(r"NameError: name '(\w+)' is not defined")
_NOT_PYTHON: Final = re.compile(r"(?:Syntax|Indentation|Tab)Error\b")
_SESSION: Final = re.compile(r"_i{0,3}|_i?\d+|_[iod]h|In|Out")
"""What Jupyter keeps of earlier cells under names of its own."""
_STAR: Final = "*"
_SHOWN: Final = 5


class _Cause(msgspec.Struct, frozen=True):
    """What should have defined a name, and did not."""

    text: str
    """"line 1 of cell [2] failed"."""
    cell: int
    problem: int | None = None
    """Its index, if it is a statement that failed."""


class Names:
    """The names that a notebook's cells give and miss.

    Args:
        cells: The code cells; none if it is a file.
        became: What became of each.
        problems: The statements that failed, in the order in which they did.
        bindings: What the cells bind.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        became: Sequence[CellRun],
        problems: Sequence[LoadProblem],
        bindings: Bindings,
    ) -> None:
        self._became = became
        self._problems = problems
        self._bindings = bindings
        self._homes: dict[str, dict[int, Definition]] = {}
        for run in became:
            for definition in bindings.defined.get(run.number, ()):
                self._homes.setdefault(definition.name, {}).setdefault(run.number, definition)
        self._statements = _Statements(cells, problems, bindings)
        self._missed = {
            index: found[1]
            for index, problem in enumerate(problems if cells else ())
            if (found := _NAME.match(problem.error)) and not is_placeholder(found[1])
        }
        self._causes = {
            index: cause
            for index, name in self._missed.items()
            if (cause := self._cause(index, name)) is not None
        }

    def notes(self) -> Iterator[str]:
        """What to tell the notebook's author, each name once."""
        by_cause: dict[str, dict[str, str]] = {}
        told: set[str] = set()
        for index, name in self._missed.items():
            line = self._problems[index].line
            place = place_of(line, self._became)
            cause = self._causes.get(index)
            if cause is not None:
                # In one cell the two errors are told together, and explain each other.
                if cause.cell != self._number_at(line):
                    by_cause.setdefault(cause.text, {}).setdefault(name, place)
            elif name not in told and (note := self._note(name, line, place)):
                told.add(name)
                yield note
        for text, names in by_cause.items():
            shown = ", ".join(f"`{n}` ({place})" for n, place in [*names.items()][:_SHOWN])
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            yield f"{shown}{more} {'is' if len(names) == 1 else 'are'} missing because {text}."
        yield from _defined_twice(self._bindings)

    @property
    def problems(self) -> tuple[LoadProblem, ...]:
        """The statements that failed, and whether it was for want of what is not there here."""
        return tuple(
            msgspec.structs.replace(problem, is_foreign=self._is_foreign(index))
            for index, problem in enumerate(self._problems)
        )

    def _is_foreign(self, index: int) -> bool:
        """Whether a statement failed for want of what is not there where work is graded."""
        seen = set[int]()
        while index not in seen:
            seen.add(index)
            if surroundings.is_foreign(self._problems[index]):
                return True
            cause = self._causes.get(index)
            if cause is None or cause.problem is None:
                return False
            index = cause.problem
        return False

    def _cause(self, index: int, name: str) -> _Cause | None:
        """What should have defined a name before a statement needed it, and did not."""
        names = [name]
        if name not in self._homes and name not in self._bindings.bound:
            names.append(_STAR)
        for earlier in range(index - 1, -1, -1):
            for each in names:
                definition = self._statements.failed(self._problems[earlier], each)
                if definition is not None:
                    return self._failure(earlier, definition)
        number = self._number_at(self._problems[index].line) or 0
        for run in self._became:
            if run.number < number and run.number in self._homes.get(name, {}):
                if run.number in self._bindings.broken:
                    return _Cause(f"cell [{run.number}] is not Python", run.number)
                if run.outcome in {CellOutcome.STOPPED, CellOutcome.LEFT_OUT}:
                    return _Cause(f"cell [{run.number}] was not run to its end", run.number)
        return None

    def _failure(self, index: int, definition: Definition) -> _Cause:
        problem = self._problems[index]
        number = self._number_at(definition.line) or 0
        if number in self._bindings.broken:
            return _Cause(f"cell [{number}] is not Python", number, index)
        is_inside = definition.line <= problem.line <= definition.end
        place = place_of(problem.line if is_inside else definition.line, self._became)
        what = "was stopped" if problem.is_stopped else "failed"
        return _Cause(f"{place} {what}", number, index)

    def _note(self, name: str, line: int, place: str) -> str | None:
        """About a name that nothing which failed should have defined."""
        homes = self._homes.get(name, {})
        first = min(homes.values(), key=lambda each: each.line, default=None)
        if first is not None and first.line > line:
            number = self._number_at(first.line)
            is_same = number == self._number_at(line)
            home = place_of(first.line, self._became) if is_same else f"cell [{number}]"
            return (
                f"`{name}` is used at {place}, and only {home}, further down, defines it. Run all "
                "cells from the top before you hand in."
            )
        if homes or name in self._bindings.bound or self._bindings.has_star:
            return None
        if _SESSION.fullmatch(name):
            return (
                f"`{name}` at {place} is what Jupyter keeps of cells that were run before, and is "
                "not there where work is graded. Give a name of your own to what you need."
            )
        return (
            f"`{name}` is used at {place}, and no cell defines it: it was left over from a cell "
            "that is gone, or is misspelt. Restart and run all cells from the top before you hand "
            "in."
        )

    def _number_at(self, line: int) -> int | None:
        cell = cell_at(line, self._became)
        return None if cell is None else cell.number


def _defined_twice(bindings: Bindings) -> Iterator[str]:
    homes: dict[str, list[int]] = {}
    for number, functions in bindings.functions.items():
        for name in functions:
            homes.setdefault(name, []).append(number)
    for name, numbers in homes.items():
        if name == "_" or len(numbers) == 1:
            continue
        own = [*dict.fromkeys(numbers)]
        more_than_once = "more than once " if len(own) == 1 else ""
        yield f"`{name}` is defined {more_than_once}in {_listed(own)}; the last one counts."


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"[{number}]" for number in numbers)
    return f"cell {shown}" if len(numbers) == 1 else f"cells {shown}"


class _Statements:
    """The definitions among the statements that failed; each definition is looked at once only.

    What failed is known by the line at which it did, or, where that lies in a function which it
    called, by its text.
    """

    def __init__(
        self, cells: Sequence[Cell], problems: Sequence[LoadProblem], bindings: Bindings
    ) -> None:
        texts = {problem.statement for problem in problems}
        self._by_line: dict[int, dict[str, Definition]] = {}
        self._by_text: dict[str, dict[str, Definition]] = {}
        for cell in cells:
            lines = cell.source.split("\n")
            for each in bindings.defined.get(cell.number, ()):
                self._by_line.setdefault(each.line, {}).setdefault(each.name, each)
                written = lines[each.line - cell.line].rstrip()[:MAX_NAME]
                if written in texts:
                    self._by_text.setdefault(written, {}).setdefault(each.name, each)
        self._starts = sorted(self._by_line)

    def failed(self, problem: LoadProblem, name: str) -> Definition | None:
        """The definition of a name that failed with this problem, if it is one."""
        if place := bisect_right(self._starts, problem.line):
            found = self._by_line[self._starts[place - 1]].get(name)
            if found is not None and problem.line <= found.end:
                return found
        return self._by_text.get(problem.statement, {}).get(name)


def lost(
    became: Sequence[CellRun], problems: Sequence[Problem], bindings: Bindings
) -> dict[str, str]:
    """For each function that stands in a cell which is not Python: why it does not count.

    Args:
        became: What became of each code cell.
        problems: The statements that failed.
        bindings: What the cells bind.
    """
    found = {}
    for problem in problems:
        if _NOT_PYTHON.match(problem.error):
            # At the end of a cell Python may name the line below it.
            run = max((r for r in became if r.line <= problem.line), key=lambda r: r.line)
            for name in bindings.broken.get(run.number, ()):
                found[name] = f"Cell [{run.number}] is not Python, so its {name} does not count."
    return found
