"""A submission's bytes → the text that is graded, of a file or of a notebook."""

from __future__ import annotations

import msgspec

from grader.errors import IntakeError
from grader.intake.bindings import Bindings, bindings_of
from grader.intake.notebook import Cell, is_notebook, is_notebook_inside, read_notebook
from grader.intake.source import text_of
from grader.records import Submission


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What was read.

    Attributes:
        text: What is graded; of a notebook its cells below one another.
        notes: What had to be done to read it, for student and TA.
        cells: The code cells of a notebook; None for a file.
        problem: Why it is not what its name says; the student's to mend.
        bindings: What its code cells bind.
    """

    text: str
    notes: tuple[str, ...] = ()
    cells: tuple[Cell, ...] | None = None
    problem: str | None = None
    bindings: Bindings = Bindings()


def read_text(submission: Submission) -> Reading:
    """Read a submission; never fails, for what a student handed in is data."""
    if submission.source is None or not is_notebook(submission.filename):
        text, notes = text_of(submission)
        return Reading(text=text, notes=notes, problem=_disguise(submission))
    try:
        notebook = read_notebook(submission.source)
    except IntakeError as error:
        return Reading(text="", cells=(), problem=str(error))
    cells = notebook.code_cells
    return Reading(
        text=notebook.text, notes=notebook.notes, cells=cells, bindings=bindings_of(cells)
    )


def _disguise(submission: Submission) -> str | None:
    """What a file is, if it is a notebook under the name of a file."""
    if submission.source is None or not is_notebook_inside(submission.source):
        return None
    return (
        f"{submission.filename} is a notebook that was named .py. Give it back its ending .ipynb, "
        "and hand it in again."
    )
