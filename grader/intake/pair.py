"""A student with a notebook and a file for one exercise: which of the two is the answer.

Students get both and work in one, so the one that is still as it was given out is not it. Where
both were worked on, the one that `grade submit` packed later counts, on their own machine the one
that was saved later, and else the notebook. Whoever is judged by one of two is told by which, and
why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import IntEnum

import msgspec

from grader.errors import IntakeError
from grader.intake.questions import LookOver
from grader.intake.reader import OWN, Reader


class Standing(IntEnum):
    """How much of an answer a file is, by its text."""

    AS_GIVEN_OUT = 0
    """None of its functions is written, and no other."""
    UNREADABLE = 1
    """It may hold anything."""
    WORKED_ON = 2


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two.

    Attributes:
        name: The file's name, safe to show.
        source: Its bytes; None if they cannot be had.
        problem: Why they cannot be had.
        packed_at: When it was packed, if a manifest lists it and says so.
        saved_at: When it was saved, on its author's own machine; files that were sent around have
            forgotten it.
    """

    name: str
    source: bytes | None
    problem: str = ""
    packed_at: dt.datetime | None = None
    saved_at: dt.datetime | None = None


class Settled(msgspec.Struct, frozen=True):
    """Which it is.

    Attributes:
        is_notebook: Whether it is the notebook.
        note: Which it is and why, for whoever wrote it.
        is_close: Whether the other one was worked on as well.
    """

    is_notebook: bool
    note: str
    is_close: bool


def settle(notebook: Entry, file: Entry, functions: Sequence[str], reader: Reader = OWN) -> Settled:
    """Tell which of the two is the answer.

    Args:
        notebook: The notebook.
        file: The file.
        functions: The names of the functions that the exercise asks for.
        reader: Looks the two over.

    Raises:
        WorkerError: The reader cannot be asked.
    """
    ours, ours_problem = _standing(notebook, functions, reader)
    theirs, theirs_problem = _standing(file, functions, reader)
    if ours is not theirs:
        is_notebook = ours > theirs
        standing, problem = (theirs, theirs_problem) if is_notebook else (ours, ours_problem)
        other = (file if is_notebook else notebook).name
        why = f"no function is written in `{other}` yet"
        if standing is Standing.UNREADABLE:
            why = f"`{other}` cannot be read: {problem.rstrip('.')}"
        return _settled(notebook, file, why, is_notebook=is_notebook)
    if ours is Standing.AS_GIVEN_OUT:
        return _settled(notebook, file, "no function is written in either yet", is_notebook=True)
    times = (
        ("packed", notebook.packed_at, file.packed_at),
        ("saved", notebook.saved_at, file.saved_at),
    )
    for done, our_time, their_time in times:
        if our_time and their_time and our_time != their_time:
            why = f"it was {done} later"
            return _settled(notebook, file, why, is_notebook=our_time > their_time, is_close=True)
    why = "where there are both, the notebook counts"
    return _settled(notebook, file, why, is_notebook=True, is_close=True)


def _settled(
    notebook: Entry, file: Entry, why: str, *, is_notebook: bool, is_close: bool = False
) -> Settled:
    taken = (notebook if is_notebook else file).name
    note = f"There are `{notebook.name}` and `{file.name}`. Taken: `{taken}`, for {why}."
    return Settled(is_notebook, note, is_close)


def _standing(entry: Entry, functions: Sequence[str], reader: Reader) -> tuple[Standing, str]:
    if entry.source is None:
        return Standing.UNREADABLE, entry.problem
    question = LookOver(filename=entry.name, functions=tuple(functions))
    try:
        found = reader.ask(question, [entry.source])
    except IntakeError as error:
        return Standing.UNREADABLE, str(error)
    if found.is_unreadable:
        return Standing.UNREADABLE, found.problem or ""
    is_nothing_written = {*found.unwritten, *found.missing} >= set(functions)
    is_given_out = found.is_blank or (bool(found.unwritten) and is_nothing_written)
    return (Standing.AS_GIVEN_OUT if is_given_out else Standing.WORKED_ON), ""
