"""What became of a notebook's cells, for the result, and what to tell its author about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from grader.grading import surroundings
from grader.grading.care import Care
from grader.grading.names import Names
from grader.intake.notebook import Cell
from grader.records import Limits, LoadProblem
from grader.records.notebook import CellOutcome, CellPlace, CellRun, Shown, cell_at
from grader.worker.endings import Ended, Reason
from grader.worker.messages import Loaded
from grader.worker.notebook_messages import CellSpan, Ran

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_MAX_SHOWN_BYTES: Final = 4 << 20
"""All pictures of one notebook that are kept."""
_MAX_SHOWN_TEXT: Final = 500_000
"""All characters that its cells show."""
_COLOURS: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)")
_STEERING: Final = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)])
_CHECKER: Final = re.compile(r"^[ \t]*(?:import otter|from otter|from client\.api)\b", re.MULTILINE)
_COMMAND: Final = re.compile(
    r"!|%%!|%{1,2}(?:bash|cmd|conda|mamba|perl|pip|ruby|script|sh|sx|system|uv)\b"
)
"""What would start another program; other magics mean something to Jupyter only."""
_SHOWN_LEFT_OUT: Final = 5
_ENDINGS: Final = {
    Reason.CRASHED: "ended Python",
    Reason.HUNG: "went on at the time limit and could not be interrupted",
    Reason.MEMORY: "filled the memory",
    Reason.GPU_MEMORY: "filled the memory of the GPU",
    Reason.OUTPUT: "printed too much",
    Reason.DISK: "filled the disk",
    Reason.GARBAGE: "broke what connects it to the grader",
}


def places(cells: Sequence[Cell]) -> tuple[CellPlace, ...]:
    """Where the code cells lie."""
    return tuple(
        CellPlace(number=cell.number, line=cell.line, count=cell.line_count) for cell in cells
    )


def spans(cells: Sequence[Cell]) -> tuple[CellSpan, ...]:
    """The same, as a worker is told."""
    return tuple(CellSpan(cell.number, cell.line, cell.line_count) for cell in cells)


def runs(cells: Sequence[Cell], told: Sequence[Ran]) -> tuple[CellRun, ...]:
    """What became of each code cell; one that nothing was heard of is left out."""
    by_number = {ran.number: ran for ran in told}
    room, text_room = _MAX_SHOWN_BYTES, _MAX_SHOWN_TEXT
    found = []
    for cell in cells:
        ran = by_number.get(cell.number, Ran(cell.number, CellOutcome.LEFT_OUT))
        shown = []
        for each in ran.shown:
            is_kept = each.picture.startswith(_PNG) and len(each.picture) <= room
            picture = each.picture if is_kept else b""
            room -= len(picture)
            text = _plain(each.text[:text_room])
            text_room -= len(text)
            if text or picture:
                shown.append(Shown(text=text, picture=picture))
        found.append(
            CellRun(
                number=cell.number,
                line=cell.line,
                count=cell.line_count,
                outcome=ran.outcome,
                shown=tuple(shown),
                left_out=ran.left_out,
                is_answer=cell.is_answer,
                is_changed=cell.is_changed,
            )
        )
    return tuple(found)


def excused(became: Sequence[CellRun], problems: Sequence[LoadProblem]) -> tuple[CellRun, ...]:
    """The same, those told apart that failed for nothing but want of what is not there here."""
    own: set[int] = set()
    foreign: set[int] = set()
    for problem in problems:
        if cell := cell_at(problem.line, became):
            (foreign if problem.is_foreign else own).add(cell.number)
    return tuple(
        msgspec.structs.replace(run, outcome=CellOutcome.LACKED)
        if run.outcome is CellOutcome.FAILED and run.number in foreign - own
        else run
        for run in became
    )


def _plain(text: str) -> str:
    """Without colours; of what a progress bar draws over, the last state that a reader saw."""
    lines = _COLOURS.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rpartition("\r")[2] for line in lines).translate(_STEERING)


def notes(
    cells: Sequence[Cell],
    became: Sequence[CellRun],
    problems: Sequence[LoadProblem],
    care: Care,
    names: Names,
    loaded: Loaded | Ended,
    limits: Limits,
) -> tuple[str, ...]:
    """What the author of a notebook, or of a file, should know of how it ran.

    Args:
        cells: The code cells; none if it is a file.
        became: What became of each.
        problems: The statements that failed.
        care: What was left out, since it ended an earlier worker.
        names: The names that the cells give and miss.
        loaded: How loading ended.
        limits: What its cells might use.
    """
    return (
        *_left_out(became),
        *_checkers(cells),
        *_ended(care),
        *_stopped(became, limits),
        *_late(became, care, loaded, limits),
        *_unlisted(len(problems), loaded),
        *surroundings.notes(problems, places(cells)),
        *names.notes(),
    )


def _left_out(became: Sequence[CellRun]) -> Iterator[str]:
    commands, magics = list[str](), list[str]()
    for run in became:
        for what in run.left_out:
            kind = commands if _COMMAND.match(what) else magics
            kind.append(f"`{what}` (cell [{run.number}])")
    if commands:
        shown = _first(commands)
        yield f"Not run, as there is no shell and no network where work is graded: {shown}."
    if magics:
        shown = _first(magics)
        yield f"Not run, as these do nothing where work is graded: {shown}. They cost nothing."


def _first(found: Sequence[str]) -> str:
    more = len(found) - _SHOWN_LEFT_OUT
    return ", ".join(found[:_SHOWN_LEFT_OUT]) + (f" and {more} more" if more > 0 else "")


def _checkers(cells: Sequence[Cell]) -> Iterator[str]:
    called = [cell.number for cell in cells if _CHECKER.search(cell.source)]
    if called:
        yield (
            f"The checks of Otter or OK ({_cells(called[:1])}) do nothing where work is graded, "
            "and cost nothing: other tests look at your functions here."
        )


def _ended(care: Care) -> Iterator[str]:
    """What ended Python, those cells together that did it in the same way."""
    alike: dict[tuple[Reason, bool], list[int]] = {}
    for number in dict.fromkeys((*care.reduced, *care.skipped)):
        alike.setdefault((care.reasons[number], number in care.skipped), []).append(number)
    for (reason, is_skipped), numbers in alike.items():
        is_one = len(numbers) == 1
        if is_skipped:
            again = "It was" if is_one else "They were"
            again += " left out, and all other cells were run again."
        else:
            again = "All cells were run again; of "
            again += "this one only what it defines." if is_one else "these only what they define."
        yield f"{_cells(numbers).capitalize()} {_ENDINGS[reason]}. {again}"
    if care.is_definitions_only and care.reduced:
        yield "So many cells did so that of all others, too, only what they define was run."


def _stopped(became: Sequence[CellRun], limits: Limits) -> Iterator[str]:
    if stopped := [run.number for run in became if run.outcome is CellOutcome.STOPPED]:
        yield (
            f"Stopped at the limit of {_seconds(limits.cell_seconds)}: {_cells(stopped)}. "
            "What is defined there still counts."
        )


def _late(
    became: Sequence[CellRun], care: Care, loaded: Loaded | Ended, limits: Limits
) -> Iterator[str]:
    told = {*care.reduced, *care.skipped}
    late = [r.number for r in became if r.outcome is CellOutcome.LEFT_OUT and r.number not in told]
    if not late or isinstance(loaded, Ended) or (care.reduced and care.is_definitions_only):
        return
    why = (
        "this exercise runs nothing else"
        if care.is_definitions_only
        else f"the notebook's {_seconds(limits.notebook_seconds)} were used up"
    )
    yield f"Of {_cells(late)} only imports, definitions and plain assignments were run: {why}."


def _unlisted(listed: int, loaded: Loaded | Ended) -> Iterator[str]:
    if isinstance(loaded, Loaded) and loaded.unlisted:
        yield (
            f"{listed + loaded.unlisted} statements failed, and {listed} of them are listed: mend "
            "the first ones, and most of the others may go with them."
        )


def _seconds(seconds: float) -> str:
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"


def _cells(numbers: Sequence[int]) -> str:
    shown = ", ".join(f"[{number}]" for number in numbers)
    return f"cell {shown}" if len(numbers) == 1 else f"cells {shown}"
